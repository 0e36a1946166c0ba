import { setTimeout as delay } from "node:timers/promises";

/** A request that comes meanwhile waits no longer than some of these. */
const SLICE_MS = 8;
const ASKED_PER_LOOK = 16;

/** Keeps long work from holding up others: it asks at each step whether its turn is over. */
export class Turn {
  #startedAt = performance.now();
  #asked = 0;

  /** Whether others should run now. Looks at the clock only now and then, since that takes as long as reading a number. */
  get isOver(): boolean {
    return ++this.#asked % ASKED_PER_LOOK === 0 && performance.now() - this.#startedAt >= SLICE_MS;
  }

  /** Lets others run. */
  async pass(): Promise<void> {
    // Not setImmediate: while something is due at once, Deno looks at its sockets in every 61st round only.
    await delay(1);
    this.#startedAt = performance.now();
  }
}
