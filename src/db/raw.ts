import type { BusinessHours } from "../domain/business_hours.ts";
import type { Interval, Micros } from "../domain/interval.ts";

/** A column of a row as it came over the socket, in the middle of what came with it. */
export type Raw = Uint8Array | null;

/*
 * Postgres sends bytes as text, `\x` and two digits a byte. A report is mostly this: 1.8 million instants of sixteen digits.
 * So they are read where they lie in what came over the socket: no string, no copy, no BigInt.
 */

/** Behind `\x`. */
const BEGIN = 2;
const DIGITS_OF_INSTANT = 16;

/** What a digit is worth, by its character code. */
const NIBBLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0 : value;
});

/** Postgres counts from 2000-01-01. */
const POSTGRES_EPOCH: Micros = Date.UTC(2000, 0, 1) * 1000;

/** How many instants there are. */
export function countInstants(hex: Raw): number {
  return hex === null ? 0 : (hex.length - BEGIN) / DIGITS_OF_INSTANT;
}

/** Reads instants, as `timestamptz_send` makes them one after the other, into a column that has room for them. */
export function readInstants(hex: Raw, column: Float64Array): Float64Array {
  if (hex === null) return column;
  for (let index = 0, at = BEGIN; index < column.length; index++, at += DIGITS_OF_INSTANT) {
    column[index] = readInstant(hex, at);
  }
  return column;
}

/** Reads intervals: two instants each. One that has not ended yet ends long after all that is asked about. */
export function readIntervals(hex: Raw = null): Interval[] {
  const intervals: Interval[] = [];
  if (hex === null) return intervals;
  for (let at = BEGIN; at < hex.length; at += 2 * DIGITS_OF_INSTANT) {
    intervals.push({ start: readInstant(hex, at), end: readInstant(hex, at + DIGITS_OF_INSTANT) });
  }
  return intervals;
}

/** Digits of a row of hours: a day of two bytes, a start and an end of eight. */
const HOURS_DIGITS = 36;

/** Reads rows of hours, as `stores.hours` keeps them. */
export function readHours(hex: Raw = null): BusinessHours[] {
  const rows: BusinessHours[] = [];
  if (hex === null) return rows;
  for (let at = BEGIN; at < hex.length; at += HOURS_DIGITS) {
    rows.push({ day: readInt16(hex, at), start: readInt64(hex, at + 4), end: readInt64(hex, at + 20) });
  }
  return rows;
}

/** Microseconds since 1970; about 2^63 for infinity. */
function readInstant(hex: Uint8Array, at: number): Micros {
  return POSTGRES_EPOCH + readInt64(hex, at);
}

/** A whole number of 64 bits, below 2^53. */
function readInt64(hex: Uint8Array, at: number): number {
  return (readInt32(hex, at) | 0) * 4_294_967_296 + (readInt32(hex, at + 8) >>> 0);
}

function readInt32(hex: Uint8Array, at: number): number {
  return readInt16(hex, at) << 16 | readInt16(hex, at + 4);
}

/** A whole number of 16 bits, not negative. */
function readInt16(hex: Uint8Array, at: number): number {
  return nibble(hex, at) << 12 | nibble(hex, at + 1) << 8 | nibble(hex, at + 2) << 4 | nibble(hex, at + 3);
}

function nibble(hex: Uint8Array, at: number): number {
  return NIBBLES[hex[at] ?? 0] ?? 0;
}

const UTF8 = new TextDecoder();

export function readText(bytes: Raw = null): string | undefined {
  return bytes === null ? undefined : UTF8.decode(bytes);
}
