/** `CHAOS=short` runs the same scenes with smaller numbers, for a build that waits; else they run in full. */
const short = process.env['CHAOS'] === 'short';

/** How much each scene does. */
export const form = {
  name: short ? 'short' : 'full',
  cuts: short ? 20 : 100,
  kills: short ? 3 : 50,
  /** Frames that pass in two parts, cut at one byte later each time. */
  splits: short ? 2_000 : 10_000,
  /** How often each of two providers is restarted under the calls of a Node consumer. */
  restarts: short ? 1 : 10,
  java: { restarts: short ? 1 : 10, runs: short ? 1 : 3 },
  hostileFrames: short ? 100_000 : 1_000_000,
} as const;

/** Of both ends in every scene, in milliseconds. */
export const HEARTBEAT_MS = 2_000;
/** What follows from it by default. */
export const HEARTBEAT_TIMEOUT_MS = 3 * HEARTBEAT_MS;

/** What every scene asks of its load; what the machine allowed is printed with its figures. */
export const CALLS_PER_SECOND = 2_000;

/** Prints the figures of a scene in one line. */
export function tell(scene: string, figures: Readonly<Record<string, unknown>>): void {
  const text = Object.entries(figures).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  process.stdout.write(`chaos (${form.name}), ${scene}: ${text.join(', ')}\n`);
}
