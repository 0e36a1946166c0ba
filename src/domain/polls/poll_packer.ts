import { DAY, type Micros } from "../time/interval.ts";
import { POLL_BYTES, type PollDay, writeEntry } from "./poll_day.ts";

/** A poll day on its way to be stored. */
export interface PackedDay extends PollDay {
  readonly store: number;
}

/** Polls before this instant cannot be packed. Counted from here, two states of an instant fit a double until 2142. */
const EPOCH: Micros = Date.UTC(2000, 0, 1) * 1000;

/**
 * Collects polls in any order and packs them: by store, by day, in the order of time, each instant once. Where two polls of an instant
 * disagree, inactive wins. A poll takes 12 bytes here, and 9 more while it is packed.
 */
export class PollPacker {
  #stores = new Int32Array(1024);
  /** (instant − epoch) × 2 + active: numbers that sort as the entries of a day do. */
  #entries = new Float64Array(1024);
  #length = 0;
  /** The largest number of a store. */
  #most = 0;

  get length(): number {
    return this.#length;
  }

  add(store: number, at: Micros, active: boolean): void {
    if (this.#length === this.#stores.length) this.#grow();
    if (store > this.#most) this.#most = store;
    this.#stores[this.#length] = store;
    this.#entries[this.#length++] = (at - EPOCH) * 2 + (active ? 1 : 0);
  }

  /** The stores that have polls here, by the numbers of `add`. */
  stores(): number[] {
    const present = new Uint8Array(this.#most + 1);
    for (let index = 0; index < this.#length; index++) present[this.#stores[index] ?? 0] = 1;
    return Array.from(present.keys()).filter((store) => present[store] === 1);
  }

  /**
   * Packs all polls and forgets them.
   *
   * @param keys the key of each store, by the number that `add` got. Days come in the order of keys; two numbers may share one.
   */
  *pack(keys: ArrayLike<number>): Generator<PackedDay> {
    const ordered = Int32Array.from(new Set(Array.from(keys))).sort();
    const { sorted, ends } = this.#sortBy(placesOf(keys, ordered), ordered.length);
    for (let place = 0, first = 0; place < ends.length; place++) {
      const end = ends[place] ?? first;
      yield* daysOf(ordered[place] ?? 0, sorted.subarray(first, end).sort());
      first = end;
    }
  }

  /** Sorts by counting: the entries of one place after those of the place before. */
  #sortBy(placeOf: Int32Array, places: number): { sorted: Float64Array; ends: Int32Array } {
    const [stores, entries, length] = [this.#stores, this.#entries, this.#length];
    const ends = new Int32Array(places);
    for (let index = 0; index < length; index++) {
      const place = placeOf[stores[index] ?? 0] ?? 0;
      ends[place] = (ends[place] ?? 0) + 1;
    }
    for (let place = 0, sum = 0; place < places; place++) {
      const count = ends[place] ?? 0;
      ends[place] = sum;
      sum += count;
    }
    const sorted = new Float64Array(length);
    for (let index = 0; index < length; index++) {
      const place = placeOf[stores[index] ?? 0] ?? 0;
      const at = ends[place] ?? 0;
      sorted[at] = entries[index] ?? 0;
      ends[place] = at + 1;
    }
    this.#length = 0;
    return { sorted, ends };
  }

  #grow(): void {
    const [stores, entries] = [this.#stores, this.#entries];
    this.#stores = new Int32Array(2 * stores.length);
    this.#entries = new Float64Array(2 * entries.length);
    this.#stores.set(stores);
    this.#entries.set(entries);
  }
}

function placesOf(keys: ArrayLike<number>, ordered: Int32Array): Int32Array {
  const places = new Map(Array.from(ordered, (key, place) => [key, place]));
  return Int32Array.from(keys, (key) => places.get(key) ?? 0);
}

function* daysOf(store: number, sorted: Float64Array): Generator<PackedDay> {
  for (let next = 0; next < sorted.length;) {
    const offset = Math.floor((sorted[next] ?? 0) / (2 * DAY));
    const midnight = offset * 2 * DAY;
    const bytes = new Uint8Array((countBelow(sorted, next, midnight + 2 * DAY) - next) * POLL_BYTES);
    let used = 0;
    for (let last = -1; next < sorted.length && (sorted[next] ?? 0) < midnight + 2 * DAY; next++) {
      const entry = (sorted[next] ?? 0) - midnight;
      // The second entry of an instant says active, and does not count.
      if (last % 2 === 0 && entry === last + 1 || entry === last) continue;
      writeEntry(bytes, used, entry);
      used += POLL_BYTES;
      last = entry;
    }
    yield { store, day: offset + EPOCH / DAY, bytes: bytes.subarray(0, used) };
  }
}

/** Where the first entry stands that is not below a limit. */
function countBelow(sorted: Float64Array, from: number, limit: number): number {
  let end = from;
  while (end < sorted.length && (sorted[end] ?? 0) < limit) end++;
  return end;
}
