import { type Micros, SECOND } from "../domain/time/interval.ts";
import { type OffsetChange, type ZoneChanges, zoneChanges } from "../domain/time/zone_rules.ts";
import { changesByRule, parsePosixRule } from "./posix_rule.ts";

const MAGIC = 0x545a6966; // TZif
const HEADER = 44;
/** Years before this one have no rule of their own; a zone without listed changes follows its rule from here on. */
const FIRST_YEAR = 1800;
/** RFC 9636, section 3.2. */
const LEAST_OFFSET = -89_999;
const MOST_OFFSET = 93_599;

export function isTzif(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER && view(bytes).getUint32(0) === MAGIC;
}

/**
 * Reads a compiled zone file of version 2 or later (RFC 9636). After its last listed change the rule at its end holds.
 *
 * @throws {SyntaxError} if the bytes are not such a file
 */
export function readTzif(bytes: Uint8Array): ZoneChanges {
  try {
    return new Reader(bytes).read();
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError("ends early", { cause: error });
    throw error;
  }
}

interface Counts {
  readonly isUt: number;
  readonly isStandard: number;
  readonly leaps: number;
  readonly changes: number;
  readonly types: number;
  readonly letters: number;
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = view(bytes);
  }

  read(): ZoneChanges {
    // The first block has times of 32 bits, for old programs.
    const start = HEADER + lengthOf(this.#countsAt(0), 4);
    const counts = this.#countsAt(start);
    if (counts.leaps > 0) throw new SyntaxError("counts leap seconds, which UTC clocks do not show");
    const body = start + HEADER;
    const end = body + lengthOf(counts, 8);
    const types = body + counts.changes * 9;
    const offsets = Array.from({ length: counts.types }, (_, type) => this.#offsetAt(types + type * 6));
    const listed = Array.from({ length: counts.changes }, (_, index) => ({
      at: Number(this.#view.getBigInt64(body + index * 8)) * 1_000_000,
      offset: offsetOfType(offsets, this.#view.getUint8(body + counts.changes * 8 + index)),
    }));
    const first = offsetOfType(offsets, 0);
    return zoneChanges(first, [...listed, ...later(listed.at(-1), this.#footerAt(end))]);
  }

  #countsAt(place: number): Counts {
    if (this.#view.getUint32(place) !== MAGIC) throw new SyntaxError("is not a compiled zone file");
    if (this.#view.getUint8(place + 4) < "2".charCodeAt(0)) {
      throw new SyntaxError("is a compiled zone file of version 1, but version 2 or later is needed");
    }
    const [isUt = 0, isStandard = 0, leaps = 0, changes = 0, types = 0, letters = 0] = [0, 1, 2, 3, 4, 5]
      .map((index) => this.#view.getUint32(place + 20 + index * 4));
    return { isUt, isStandard, leaps, changes, types, letters };
  }

  #offsetAt(place: number): Micros {
    const seconds = this.#view.getInt32(place);
    if (seconds >= LEAST_OFFSET && seconds <= MOST_OFFSET) return seconds * SECOND;
    throw new SyntaxError(`has an offset of ${seconds} s, but at most about a day is possible`);
  }

  #footerAt(place: number): string {
    const end = this.#bytes.indexOf(NEW_LINE, place + 1);
    if (this.#bytes[place] !== NEW_LINE || end === -1) {
      throw new SyntaxError("ends early: the rule at its end is missing");
    }
    return new TextDecoder().decode(this.#bytes.subarray(place + 1, end));
  }
}

const NEW_LINE = 10;

function lengthOf({ isUt, isStandard, leaps, changes, types, letters }: Counts, timeBytes: number): number {
  return changes * (timeBytes + 1) + types * 6 + letters + leaps * (timeBytes + 4) + isStandard + isUt;
}

function offsetOfType(offsets: readonly Micros[], type: number): Micros {
  const offset = offsets[type];
  if (offset === undefined) throw new SyntaxError(`has no offset number ${type}`);
  return offset;
}

function later(last: OffsetChange | undefined, footer: string): OffsetChange[] {
  if (footer === "") return [];
  const firstYear = last === undefined ? FIRST_YEAR : new Date(last.at / 1000).getUTCFullYear();
  const from = last?.at ?? -Infinity;
  return changesByRule(parsePosixRule(footer), firstYear).filter(({ at }) => at > from);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
