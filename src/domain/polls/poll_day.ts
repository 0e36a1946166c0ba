import { DAY, type Micros } from "../time/interval.ts";
import type { Polls } from "./poll.ts";
import type { EpochDay } from "../time/timezone.ts";

/*
 * A poll day is what one store's polls of one UTC day are stored as: five bytes a poll, ascending, one for each instant. An entry is a
 * big-endian number, (microseconds of the day) × 2 + (1 if active).
 */

/** The bytes of a poll. */
export const POLL_BYTES = 5;

/** One store's polls of one UTC day. */
export interface PollDay {
  readonly day: EpochDay;
  readonly bytes: Uint8Array;
}

/** Writes an entry of 38 bits. */
export function writeEntry(bytes: Uint8Array, at: number, entry: number): void {
  const low = entry >>> 0;
  bytes[at] = (entry - low) / 4_294_967_296;
  bytes[at + 1] = low >>> 24;
  bytes[at + 2] = low >>> 16;
  bytes[at + 3] = low >>> 8;
  bytes[at + 4] = low;
}

/** A poll day somewhere within longer bytes. */
export interface DayWithin {
  readonly day: EpochDay;
  readonly bytes: DataView;
  readonly from: number;
  readonly to: number;
}

/** Columns that polls are unpacked to, one store after the other. */
export class PollColumns {
  readonly #instants: Float64Array;
  readonly #active: Uint8Array;
  #used = 0;

  /** @param capacity how many polls will be added at most */
  constructor(capacity: number) {
    this.#instants = new Float64Array(capacity);
    this.#active = new Uint8Array(capacity);
  }

  /** How many polls were added. */
  get length(): number {
    return this.#used;
  }

  /** Adds the polls of a day up to an instant, itself included. */
  add({ day, bytes, from, to }: DayWithin, asOf: Micros): void {
    const midnight = day * DAY;
    for (let at = from; at < to; at += POLL_BYTES) {
      const low = bytes.getUint32(at + 1);
      const instant = midnight + bytes.getUint8(at) * 2_147_483_648 + (low >>> 1);
      if (instant > asOf) return;
      this.#instants[this.#used] = instant;
      this.#active[this.#used++] = low & 1;
    }
  }

  /** The polls that were added since there were `first` of them. */
  since(first: number): Polls {
    return { instants: this.#instants.subarray(first, this.#used), active: this.#active.subarray(first, this.#used) };
  }
}

/** Entries of a day are below this number. */
const ENTRIES = 2 * DAY;

/** Whether bytes are a day's entries as they have to be: whole, within the day, ascending, one for each instant. */
export function isWellFormed(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length % POLL_BYTES !== 0) return false;
  let last = -2;
  for (let at = 0; at < bytes.length; at += POLL_BYTES) {
    const entry = readEntry(bytes, at);
    if (entry >= ENTRIES || Math.floor(entry / 2) <= Math.floor(last / 2)) return false;
    last = entry;
  }
  return true;
}

/**
 * Makes bytes a day's entries as they have to be: sorts them, and keeps one of each instant, inactive if there is one. What lies beyond
 * the day, or is not whole, is lost.
 */
export function mended(bytes: Uint8Array): Uint8Array {
  const entries = new Set<number>();
  for (let at = 0; at + POLL_BYTES <= bytes.length; at += POLL_BYTES) entries.add(readEntry(bytes, at));
  const kept = [...entries].filter((entry) => entry < ENTRIES && !(entry % 2 === 1 && entries.has(entry - 1)));
  const sorted = kept.sort((a, b) => a - b);
  const result = new Uint8Array(sorted.length * POLL_BYTES);
  for (const [index, entry] of sorted.entries()) writeEntry(result, index * POLL_BYTES, entry);
  return result;
}

function readEntry(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, POLL_BYTES);
  return view.getUint8(0) * 4_294_967_296 + view.getUint32(1);
}
