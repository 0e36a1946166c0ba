/** Beyond this many, the numbers given are forgotten, so that memory stays flat: a store may have two then. */
const REMEMBERED = 200_000;

/** Gives the stores of a file numbers from 1. */
export class StoreNumbers {
  readonly #numbers = new Map<string, number>();
  #given = 0;
  #new: string[] = [];

  numberOf(storeId: string): number {
    return this.#numbers.get(storeId) ?? this.#give(ownCopy(storeId));
  }

  /** The stores that were numbered since the last call, in the order of their numbers. */
  takeNew(): { first: number; storeIds: string[] } {
    const storeIds = this.#new;
    this.#new = [];
    return { first: this.#given - storeIds.length + 1, storeIds };
  }

  #give(storeId: string): number {
    if (this.#numbers.size >= REMEMBERED) this.#numbers.clear();
    this.#given++;
    this.#numbers.set(storeId, this.#given);
    this.#new.push(storeId);
    return this.#given;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A piece of a longer string keeps all of that one in memory in V8: to remember 20 characters would take 64 kB. */
function ownCopy(text: string): string {
  return decoder.decode(encoder.encode(text));
}
