/**
 * A task that never overlaps itself: called while it runs, it runs once more afterwards, however often it was called. Each
 * call resolves, or rejects, with a run that began after the call.
 */
export function coalesced(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = () => {
    next = undefined;
    running = task().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (!running) return run();
    return (next ??= running.then(run, run));
  };
}
