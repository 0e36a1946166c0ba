/** Sums of many whole numbers that doubles cannot hold. They are counted in doubles as long as these are exact. */
export class ExactSums {
  readonly #small: Float64Array;
  readonly #large: bigint[];

  constructor(count: number) {
    this.#small = new Float64Array(count);
    this.#large = Array.from({ length: count }, () => 0n);
  }

  add(place: number, value: number): void {
    const sum = (this.#small[place] ?? 0) + value;
    this.#small[place] = sum < EXACT ? sum : this.#flush(place, sum);
  }

  #flush(place: number, sum: number): 0 {
    this.#large[place] = (this.#large[place] ?? 0n) + BigInt(sum);
    return 0;
  }

  at(place: number): bigint {
    return (this.#large[place] ?? 0n) + BigInt(this.#small[place] ?? 0);
  }
}

/** Leaves room below 2^53 for one more value of up to 140 years in microseconds. */
const EXACT = 2 ** 52;
