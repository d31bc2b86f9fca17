// What an application has after its build: a worker module as JavaScript.
import '../../support/typescript.mjs';

const { default: methods } = await import('./crunch.worker.ts');
export default methods;
