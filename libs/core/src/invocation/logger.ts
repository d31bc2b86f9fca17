/** Where the library's own lines go. `console` fits; the Nest face passes Nest's Logger. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string, cause?: unknown): void;
}

/** Says nothing. */
export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** Logs a line, unless one with the same key was let through lately. */
export type KeyedLog = (key: string, message: string) => void;

/**
 * Lets one line per key through in `intervalMs` (default 10 s); the next that passes says how many did not. It remembers
 * 1,000 keys.
 */
export function rateLimited(log: (message: string) => void, intervalMs = 10_000): KeyedLog {
  const seen = new Map<string, { at: number; suppressed: number }>();
  return (key, message) => {
    const now = Date.now();
    const last = seen.get(key);
    if (last && now - last.at < intervalMs) {
      last.suppressed++;
      return;
    }
    seen.delete(key);
    seen.set(key, { at: now, suppressed: 0 });
    if (seen.size > 1_000) seen.delete(seen.keys().next().value!);
    log(last?.suppressed ? `${message} (and ${last.suppressed} more like it before)` : message);
  };
}

/** Of warnings that differ so many pass in {@link WARNINGS_MS}: what a hostile peer sends may differ each time. */
const MAX_WARNINGS = 100;
const WARNINGS_MS = 10_000;

/**
 * The same logger, but of warnings that differ in numbers only one passes in 10 s, and 100 of all together. Errors are not
 * limited.
 */
export function limitingWarnings(logger: Logger): Logger {
  const warn = rateLimited(
    atMost(MAX_WARNINGS, (message) => logger.warn(message)),
    WARNINGS_MS,
  );
  return {
    debug: (message) => logger.debug(message),
    info: (message) => logger.info(message),
    warn: (message) => warn(message.replaceAll(/\d+/g, '#').slice(0, 300), message),
    error: (message, cause) => logger.error(message, cause),
  };
}

/** The first line that passes after others did not says how many. */
function atMost(lines: number, log: (message: string) => void): (message: string) => void {
  let from = -Infinity;
  let passed = 0;
  let leftOut = 0;
  return (message) => {
    const now = Date.now();
    if (now - from >= WARNINGS_MS) {
      from = now;
      passed = 0;
    }
    if (passed++ >= lines) {
      leftOut++;
      return;
    }
    log(leftOut > 0 ? `${message} (and ${leftOut} other warnings before)` : message);
    leftOut = 0;
  };
}
