/**
 * Something that may be given up. Whoever enters it keeps it and removes it; the links belong to {@link Deadlines}.
 */
export abstract class Deadline {
  /** On the monotonic clock of `performance.now()`. */
  deadlineAt = 0;
  previous: Deadline | undefined;
  next: Deadline | undefined;
  /** Present if and only if the entry is waiting. */
  list: DeadlineList | undefined;

  /** Called once, when the deadline has passed; the entry is no longer waiting then. */
  abstract expire(): void;
}

/** Entries of one timeout in the order they came, which is the order they fall due. */
interface DeadlineList {
  readonly timeoutMs: number;
  first: Deadline | undefined;
  last: Deadline | undefined;
}

/** Timeouts are rounded up to this, and looked at so often, in milliseconds. Java's timer is coarser: 30 ms. */
const RESOLUTION_MS = 10;
/** Lists of timeouts not in use are dropped once there are more than this: a caller may bring any number. */
const MAX_IDLE_LISTS = 64;

/**
 * One coarse timer for all pending calls: entering and removing are O(1), without a timer each. It runs only while
 * something waits. It gives up precision: an entry expires up to twice {@link RESOLUTION_MS} late, never early.
 */
export class Deadlines {
  readonly #lists = new Map<number, DeadlineList>();
  #timer: NodeJS.Timeout | undefined;
  #waiting = 0;

  /** How many different timeouts are kept. */
  get lists(): number {
    return this.#lists.size;
  }

  add(entry: Deadline, timeout: number): void {
    const timeoutMs = Math.ceil(timeout / RESOLUTION_MS) * RESOLUTION_MS;
    let list = this.#lists.get(timeoutMs);
    if (!list) {
      if (this.#lists.size >= MAX_IDLE_LISTS) this.#dropIdle();
      list = { timeoutMs, first: undefined, last: undefined };
      this.#lists.set(timeoutMs, list);
    }
    entry.deadlineAt = performance.now() + timeoutMs;
    entry.list = list;
    entry.previous = list.last;
    if (list.last) list.last.next = entry;
    else list.first = entry;
    list.last = entry;
    this.#waiting++;
    this.#timer ??= setInterval(() => this.#expireDue(), RESOLUTION_MS);
  }

  /** Harmless if the entry is not waiting. */
  remove(entry: Deadline): void {
    const list = entry.list;
    if (!list) return;
    if (entry.previous) entry.previous.next = entry.next;
    else list.first = entry.next;
    if (entry.next) entry.next.previous = entry.previous;
    else list.last = entry.previous;
    entry.previous = entry.next = entry.list = undefined;
    this.#waiting--;
  }

  #expireDue(): void {
    // Stopping here and not in remove() spares a busy client from starting a timer per call.
    if (this.#waiting === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = performance.now();
    for (const list of this.#lists.values()) {
      for (let entry = list.first; entry && entry.deadlineAt <= now; entry = list.first) {
        this.remove(entry);
        entry.expire();
      }
    }
  }

  #dropIdle(): void {
    for (const list of this.#lists.values()) if (!list.first) this.#lists.delete(list.timeoutMs);
  }
}
