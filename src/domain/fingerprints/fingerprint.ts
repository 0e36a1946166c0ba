/**
 * A number that stands for data: equal data have the same one, and different data have it by chance once in 2^53. It shows what changed.
 * It is no protection from people who make up data on purpose.
 */
export type Fingerprint = number;

/** What a store's measures depend on: the polls that they use, how many these are, and the store's calendar. */
export interface StoreFingerprints {
  readonly pollsUsed: number;
  readonly polls: Fingerprint;
  readonly calendar: Fingerprint;
}

/** A fingerprint is a whole number of 53 bits. Its low 32 bits and the bits above them are counted by themselves. */
const LOW = 4_294_967_296;
const HIGH_BITS = 0x1fffff;

/** Writes a fingerprint as 14 hexadecimal digits. */
export function formatFingerprint(fingerprint: Fingerprint): string {
  return fingerprint.toString(16).padStart(14, "0");
}

/** A fingerprint from its two parts. Surplus bits of the high one do not count. */
export function fingerprintOf(low: number, high: number): Fingerprint {
  return (high & HIGH_BITS) * LOW + (low >>> 0);
}

/** The sum of two fingerprints. However many are added, in any order, the sum is the same. */
export function plus(a: Fingerprint, b: Fingerprint): Fingerprint {
  return fingerprintOf(lowWord(a) + lowWord(b), highWord(a) + highWord(b));
}

/** The difference: what must be added to the second one to get the first one. */
export function minus(a: Fingerprint, b: Fingerprint): Fingerprint {
  return fingerprintOf(lowWord(a) - lowWord(b), highWord(a) - highWord(b));
}

/** The low 32 bits of a whole number. */
export function lowWord(whole: number): number {
  return whole | 0;
}

/** The bits above them. */
export function highWord(whole: number): number {
  return (whole * PART_OF_LOW) | 0;
}

const PART_OF_LOW = 1 / LOW;

/** Spreads each bit of a word over the bits above it, and those over all. Two words never become the same one. */
export function stir(word: number, odd: number): number {
  const product = Math.imul(word, odd);
  return product ^ (product >>> 15);
}

/** Takes the fingerprint of numbers and texts, in their order. */
export class Fingerprinting {
  #low: number;
  #high: number;

  /** @param about the same numbers and texts about something else have another fingerprint */
  constructor(about: number) {
    this.#low = lowWord(about);
    this.#high = highWord(about);
  }

  /** @param whole a whole number */
  number(whole: number): this {
    this.#take(lowWord(whole));
    this.#take(highWord(whole));
    return this;
  }

  text(text: string): this {
    let [low, high] = [this.#low ^ text.length, this.#high];
    for (let at = 0; at < text.length; at++) {
      const char = text.charCodeAt(at);
      low = Math.imul(low ^ char, 0x01000193);
      high = Math.imul(high + char, 0x5bd1e995);
    }
    this.#low = stir(low, 0x85ebca6b);
    this.#high = high;
    return this;
  }

  get value(): Fingerprint {
    const low = stir(this.#low ^ (this.#high >>> 15), 0x2c1b3c6d);
    return fingerprintOf(stir(low, 0x297a2d39), stir(this.#high ^ low, 0x9e3779b1));
  }

  #take(word: number): void {
    this.#low = stir(this.#low ^ word, 0x85ebca6b);
    this.#high = Math.imul(this.#high ^ word, 0xc2b2ae35) + this.#low;
  }
}
