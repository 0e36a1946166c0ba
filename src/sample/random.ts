/** Values with their weights, which are whole numbers. */
export type Weighted<T> = readonly (readonly [value: T, weight: number])[];

/**
 * A stream of random numbers that is the same on any machine: xoshiro128** 1.1 by David Blackman and Sebastiano Vigna
 * (https://prng.di.unimi.it/xoshiro128starstar.c, public domain), all of it in 32-bit integers.
 */
export class Random {
  readonly #state: Uint32Array;

  constructor(state: readonly [number, number, number, number]) {
    this.#state = Uint32Array.from(state);
  }

  /** One of the streams for a seed; the state is filled by SplitMix64, as the authors advise. */
  static of(seed: number, stream = 0): Random {
    const a = splitMix64(BigInt(seed), 2 * stream + 1);
    const b = splitMix64(BigInt(seed), 2 * stream + 2);
    return new Random([Number(a >> 32n), Number(a & 0xffffffffn), Number(b >> 32n), Number(b & 0xffffffffn)]);
  }

  /** The next 32 bits. */
  next(): number {
    const state = this.#state;
    const s0 = state[0] ?? 0, s1 = state[1] ?? 0, s2 = state[2] ?? 0, s3 = state[3] ?? 0;
    const mixed2 = s2 ^ s0;
    const mixed3 = s3 ^ s1;
    state[0] = s0 ^ mixed3;
    state[1] = s1 ^ mixed2;
    state[2] = mixed2 ^ (s1 << 9);
    state[3] = rotateLeft(mixed3, 11);
    return Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
  }

  /** A whole number, 0 ≤ n < limit. The limit should be far below 2^32: a remainder favours small numbers by limit/2^32. */
  below(limit: number): number {
    return this.next() % limit;
  }

  /** Whether something happens that happens `times` in `outOf` cases. */
  chance(times: number, outOf: number): boolean {
    return this.below(outOf) < times;
  }

  /** One of some values, each as often as its weight says. */
  pick<T>(table: Weighted<T>): T {
    let left = this.below(table.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [value, weight] of table) {
      if (left < weight) return value;
      left -= weight;
    }
    throw new RangeError("a weighted table needs a value of some weight");
  }

  /** The numbers 0 to count - 1 in a random order (Fisher and Yates' shuffle). */
  order(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const moved = order[last] ?? 0;
      order[last] = order[other] ?? 0;
      order[other] = moved;
    }
    return order;
  }
}

/** What SplitMix64 adds at each step: odd, and 2^64 divided by the golden ratio. */
const GOLDEN = 0x9e3779b97f4a7c15n;

/**
 * The nth number, from 1, of Sebastiano Vigna's SplitMix64 (https://prng.di.unimi.it/splitmix64.c, public domain).
 *
 * @param bits the width of the words; at 64 it is the published generator. Each step can be undone at any width, so no
 * two of 2^bits numbers are the same
 */
export function splitMix64(seed: bigint, n: number, bits = 64): bigint {
  let z = BigInt.asUintN(bits, seed + GOLDEN * BigInt(n));
  z = BigInt.asUintN(bits, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(bits, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
