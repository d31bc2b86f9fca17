/** Where the library's own lines go. `console` fits; the Nest face passes Nest's Logger. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

/** Says nothing. */
export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Lets a line through at most once per `intervalMs` (default 10 s) and key; a line that comes after suppressed ones says
 * how many there were. Keys are bounded: past 1,000 the oldest is forgotten.
 */
export function rateLimited(
  log: (message: string) => void,
  intervalMs = 10_000,
): (key: string, message: string) => void {
  const seen = new Map<string, { at: number; suppressed: number }>();
  return (key, message) => {
    const now = Date.now();
    const entry = seen.get(key);
    if (entry && now - entry.at < intervalMs) {
      entry.suppressed++;
      return;
    }
    seen.delete(key);
    seen.set(key, { at: now, suppressed: 0 });
    if (seen.size > 1_000) seen.delete(seen.keys().next().value!);
    log(entry?.suppressed ? `${message} (and ${entry.suppressed} more like it)` : message);
  };
}
