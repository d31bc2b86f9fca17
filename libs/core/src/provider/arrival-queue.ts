/** A shift of the first item leaves a hole; holes are closed when they are more than this and half of the array. */
const MAX_HOLES = 1_024;

/** First in, first out; adding and taking cost the same however long it is. */
export class ArrivalQueue<T> {
  #items: (T | undefined)[] = [];
  #first = 0;

  get size(): number {
    return this.#items.length - this.#first;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** Takes the item that came first; undefined if there is none. */
  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    if (this.#first > MAX_HOLES && this.#first * 2 > this.#items.length) this.#keep(this.#waiting());
    return item;
  }

  /** Takes the items behind the first `count`, in order. */
  beyond(count: number): T[] {
    if (this.size <= count) return [];
    const waiting = this.#waiting();
    this.#keep(waiting.slice(0, count));
    return waiting.slice(count);
  }

  /** Drops the items that `fits` is true for. */
  drop(fits: (item: T) => boolean): void {
    this.#keep(this.#waiting().filter((item) => !fits(item)));
  }

  clear(): void {
    this.#keep([]);
  }

  #waiting(): T[] {
    return this.#items.slice(this.#first) as T[];
  }

  #keep(items: T[]): void {
    this.#items = items;
    this.#first = 0;
  }
}
