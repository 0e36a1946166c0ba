import type { Interval, Micros } from "./interval.ts";

/** Whether time is inside of some merged intervals, as it goes on. */
export class Presence {
  inside = false;
  /** Until when that holds. */
  until: Micros;
  #next = 0;
  readonly #merged: readonly Interval[];

  constructor(merged: readonly Interval[]) {
    this.#merged = merged;
    this.until = merged[0]?.start ?? Infinity;
  }

  /** Goes on to the next stretch of time. */
  next(): void {
    if (this.inside) this.#next++;
    this.inside = !this.inside;
    const interval = this.#merged[this.#next];
    this.until = (this.inside ? interval?.end : interval?.start) ?? Infinity;
  }
}
