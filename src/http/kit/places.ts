import type { Problem } from "./problem.ts";

/** Counts what goes on at a time, and refuses more. */
export class Places {
  #free: number;
  readonly #refusal: () => Problem;

  constructor(count: number, refusal: () => Problem) {
    this.#free = count;
    this.#refusal = refusal;
  }

  /** @throws {Problem} if no place is free */
  take(): Disposable {
    if (this.#free === 0) throw this.#refusal();
    this.#free--;
    return { [Symbol.dispose]: () => this.#free++ };
  }
}
