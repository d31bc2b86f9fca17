import { buildJavaPeer, dubboLines } from './java-build.js';

/** Builds the Java peers of all lines before any test, so that what is missing is said once and no test waits for it. */
export async function setup(): Promise<void> {
  for (const line of dubboLines) await buildJavaPeer(line);
}
