/** Beyond this many, the numbers given are forgotten, so that memory stays flat: a store may have two then. */
const REMEMBERED = 200_000;
/** A store id has 64 characters at most, and a character has four bytes at most. */
const LONGEST = 256;

/** Gives the stores of a file numbers from 1. An id is looked up by its bytes, so that a plain file needs no strings. */
export class StoreNumbers {
  readonly #scratch = new Uint8Array(LONGEST);
  #ids = new IdTable();
  #given = 0;
  #new: string[] = [];

  /** How many numbers were given. */
  get count(): number {
    return this.#given;
  }

  numberOf(storeId: string): number {
    const { written } = encoder.encodeInto(storeId, this.#scratch);
    return this.numberAt(this.#scratch, 0, written);
  }

  /** The same for an id in UTF-8 that stands in `[start, end)`. */
  numberAt(bytes: Uint8Array, start: number, end: number): number {
    const known = this.#ids.find(bytes, start, end);
    return known !== 0 ? known : this.#give(bytes.slice(start, end));
  }

  #give(id: Uint8Array): number {
    if (this.#ids.size >= REMEMBERED) this.#ids = new IdTable();
    this.#new.push(decoder.decode(id));
    this.#ids.add(id, ++this.#given);
    return this.#given;
  }

  /** The stores that were numbered since the last call, in the order of their numbers. */
  takeNew(): { first: number; storeIds: string[] } {
    const storeIds = this.#new;
    this.#new = [];
    return { first: this.#given - storeIds.length + 1, storeIds };
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A hash table from ids to numbers, with open addressing. At most half of its slots are taken. */
class IdTable {
  #slots = newSlots(2048);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns 0 if the id is not there */
  find(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const { hashes, numbers, ids } = this.#slots;
    const mask = numbers.length - 1;
    for (let slot = hash & mask;; slot = (slot + 1) & mask) {
      const number = numbers[slot] ?? 0;
      if (number === 0) return 0;
      const id = ids[slot];
      if (hashes[slot] === hash && id?.length === end - start && isSame(id, bytes, start)) return number;
    }
  }

  /** Adds an id that is not there. */
  add(id: Uint8Array, number: number): void {
    if (2 * ++this.#size > this.#slots.numbers.length) this.#grow();
    put(this.#slots, id, number);
  }

  #grow(): void {
    const { numbers, ids } = this.#slots;
    this.#slots = newSlots(2 * numbers.length);
    for (const [slot, number] of numbers.entries()) {
      if (number !== 0) put(this.#slots, ids[slot] ?? new Uint8Array(), number);
    }
  }
}

interface Slots {
  /** 0: the slot is free. */
  readonly numbers: Int32Array;
  readonly hashes: Int32Array;
  readonly ids: (Uint8Array | undefined)[];
}

function newSlots(count: number): Slots {
  return { numbers: new Int32Array(count), hashes: new Int32Array(count), ids: Array.from({ length: count }) };
}

function put({ numbers, hashes, ids }: Slots, id: Uint8Array, number: number): void {
  const hash = hashOf(id, 0, id.length);
  const mask = numbers.length - 1;
  let slot = hash & mask;
  while (numbers[slot] !== 0) slot = (slot + 1) & mask;
  numbers[slot] = number;
  hashes[slot] = hash;
  ids[slot] = id;
}

/** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/, with its high bits mixed into the low ones. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

function isSame(id: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let index = 0; index < id.length; index++) if (id[index] !== bytes[start + index]) return false;
  return true;
}
