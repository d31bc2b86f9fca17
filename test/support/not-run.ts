/** Says on stderr why a test does not run here, so that a skipped one never passes for a green one. */
export function sayIfNotRun(runs: boolean, test: string, why: string): boolean {
  if (!runs) process.stderr.write(`Not run: ${test}: ${why}\n`);
  return runs;
}
