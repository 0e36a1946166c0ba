import type { PollStaging } from "../db/polls/stage_polls.ts";
import type { StoreNumbers } from "../db/stores/store_numbers.ts";
import type { PollLimits } from "../domain/polls/poll_limits.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { Columns } from "./rows/columns.ts";

/*
 * Nearly all rows of a file of polls look like `8419537941919820732,active,2023-01-22 12:09:39.388884 UTC`. Those are read straight from
 * bytes, in a fifth of the time. Everything else goes to the general reader: it alone decides what else is read, and what is rejected.
 */

const [LF, CR, COMMA, SPACE, DASH, POINT, COLON, UNDERSCORE] = [10, 13, 44, 32, 45, 46, 58, 95];
const [ZERO, NINE] = [48, 57];
const LONGEST_ID = 64;
const NOT_PLAIN = -1;

/** A field: where it begins and ends in a block. */
interface Field {
  start: number;
  end: number;
}

/** Where plain polls go. */
export interface PlainTarget extends Pick<PollStaging, "addPoll"> {
  readonly stores: { readonly numbers: StoreNumbers };
}

/** Reads plain rows of polls into a staging area. */
export class PlainPolls {
  readonly #staging: PlainTarget;
  readonly #limits: PollLimits;
  /** By their order in the file. */
  readonly #fields: readonly [Field, Field, Field] = [newField(), newField(), newField()];
  readonly #id: Field;
  readonly #status: Field;
  readonly #instant: Field;
  readonly #clock = new PlainInstants();
  #rows = 0;

  constructor({ found: [id, status, instant] }: Columns, staging: PlainTarget, limits: PollLimits) {
    const fieldOf = (column: { readonly index: number } | undefined) => this.#fields[column?.index ?? 0] ?? newField();
    this.#id = fieldOf(id);
    this.#status = fieldOf(status);
    this.#instant = fieldOf(instant);
    this.#staging = staging;
    this.#limits = limits;
  }

  /** How many rows were taken so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Takes plain rows from the beginning of a block of whole lines, up to the first line that is not plain. */
  take(block: Uint8Array): { bytes: number; lines: number } {
    const before = this.#rows;
    let at = 0;
    while (at < block.length) {
      const end = this.#split(block, at);
      if (end === NOT_PLAIN || !this.#takeRow(block)) break;
      this.#rows++;
      at = end;
    }
    return { bytes: Math.min(at, block.length), lines: this.#rows - before };
  }

  /** Finds the three fields of the line that begins at a place. @returns where the next line begins */
  #split(block: Uint8Array, start: number): number {
    const [first, second, third] = this.#fields;
    first.start = start;
    second.start = (first.end = indexOf(block, COMMA, start)) + 1;
    third.start = (second.end = indexOf(block, COMMA, second.start)) + 1;
    const end = indexOf(block, LF, third.start);
    if (first.end >= end || second.end >= end) return NOT_PLAIN;
    third.end = block[end - 1] === CR ? end - 1 : end;
    return end + 1;
  }

  #takeRow(block: Uint8Array): boolean {
    const { start, end } = this.#id;
    const active = statusOf(block, this.#status);
    if (active === undefined || !isPlainId(block, start, end)) return false;
    const at = this.#clock.read(block, this.#instant);
    if (!(at >= this.#limits.earliest && at <= this.#limits.latest)) return false;
    this.#staging.addPoll(this.#staging.stores.numbers.numberAt(block, start, end), at, active);
    return true;
  }
}

/** Whether rows of a file can be plain at all: three columns, and nothing else. */
export function canBePlain({ kind, width }: Columns): boolean {
  return kind === "polls" && width === 3;
}

function newField(): Field {
  return { start: 0, end: 0 };
}

/** Where a byte stands next; the end of the block if it does not. */
function indexOf(block: Uint8Array, byte: number, from: number): number {
  let at = from;
  while (at < block.length && block[at] !== byte) at++;
  return at;
}

/** Whether a field is an id of letters, digits, `_` and `-` that begins with a letter or digit. */
function isPlainId(block: Uint8Array, start: number, end: number): boolean {
  if (end <= start || end - start > LONGEST_ID) return false;
  for (let at = start; at < end; at++) {
    const byte = block[at] ?? 0;
    if (isDigit(byte) || isLetter(byte)) continue;
    if (at === start || byte !== UNDERSCORE && byte !== DASH) return false;
  }
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

const ACTIVE = new TextEncoder().encode("active");
const INACTIVE = new TextEncoder().encode("inactive");

function statusOf(block: Uint8Array, { start, end }: Field): boolean | undefined {
  if (end - start === ACTIVE.length && stands(block, start, ACTIVE)) return true;
  if (end - start === INACTIVE.length && stands(block, start, INACTIVE)) return false;
  return undefined;
}

function stands(block: Uint8Array, start: number, text: Uint8Array): boolean {
  for (let index = 0; index < text.length; index++) if (block[start + index] !== text[index]) return false;
  return true;
}

const UTC = new TextEncoder().encode(" UTC");

/** Reads instants of the form `2023-01-22 12:09:39.388884 UTC`, with up to six digits of a fraction, or none. */
class PlainInstants {
  /** The date that was read last, as a number of eight digits, and its midnight: most rows have the same as the row before. */
  #date = NaN;
  #midnight: Micros = NaN;

  /** @returns NaN if the field is not plain */
  read(block: Uint8Array, { start, end }: Field): Micros {
    const length = end - start;
    if (length < 23 || length > 30 || length === 24 || !stands(block, end - 4, UTC)) return NaN;
    if (block[start + 10] !== SPACE || block[start + 13] !== COLON || block[start + 16] !== COLON) return NaN;
    const [hour, minute, second] = [
      twoDigits(block, start + 11),
      twoDigits(block, start + 14),
      twoDigits(block, start + 17),
    ];
    // NaN is not smaller, either.
    if (!(hour < 24 && minute < 60 && second < 60)) return NaN;
    const micros = length === 23 ? 0 : block[start + 19] === POINT ? fraction(block, start + 20, end - 4) : NaN;
    return this.#midnightOf(block, start) + ((hour * 60 + minute) * 60 + second) * 1_000_000 + micros;
  }

  #midnightOf(block: Uint8Array, start: number): Micros {
    if (block[start + 4] !== DASH || block[start + 7] !== DASH) return NaN;
    const [century, year] = [twoDigits(block, start), twoDigits(block, start + 2)];
    const [month, day] = [twoDigits(block, start + 5), twoDigits(block, start + 8)];
    const date = ((century * 100 + year) * 100 + month) * 100 + day;
    if (date !== this.#date) {
      this.#date = date;
      this.#midnight = midnight(century * 100 + year, month, day);
    }
    return this.#midnight;
  }
}

/** NaN if there is no such date. */
function midnight(year: number, month: number, day: number): Micros {
  const ms = Date.UTC(year, month - 1, day);
  const exists = month >= 1 && month <= 12 && new Date(ms).getUTCDate() === day && day >= 1;
  return exists ? ms * 1000 : NaN;
}

/** NaN if two digits do not stand there. */
function twoDigits(block: Uint8Array, at: number): number {
  const [tens = 0, ones = 0] = [block[at], block[at + 1]];
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + ones - ZERO : NaN;
}

/** The digits of a fraction as microseconds; NaN if something else stands there. */
function fraction(block: Uint8Array, start: number, end: number): number {
  let micros = 0;
  for (let at = start; at < start + 6; at++) {
    const byte = at < end ? block[at] ?? 0 : ZERO;
    if (!isDigit(byte)) return NaN;
    micros = micros * 10 + byte - ZERO;
  }
  return micros;
}
