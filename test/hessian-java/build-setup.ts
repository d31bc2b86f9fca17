import { buildHessianPeer } from './hessian-build.js';

/** Builds the Java peer before any test, so that what is missing is said once and no test waits for it. */
export async function setup(): Promise<void> {
  await buildHessianPeer();
}
