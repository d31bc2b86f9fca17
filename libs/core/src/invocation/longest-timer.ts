/**
 * The longest wait that a timer of Node takes, in milliseconds: almost 25 days. It fires at once for anything longer, such
 * as Java's Integer.MAX_VALUE, which says "never", and a little on top.
 */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
