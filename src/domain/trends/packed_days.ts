import { type Micros, MINUTE } from "../time/interval.ts";
import type { EpochDay } from "../time/timezone.ts";
import { type DaySums, HOURS_OF_DAY } from "./day_sums.ts";

/*
 * The sums of a store's month as bytes, which a page can add up by the million. Of each date comes a byte: its day of the month × 8, and
 * three marks that say what follows. Scheduled time has two bytes if it is in whole minutes, else five. Downtime and unknown time have
 * five each, if there is any. The hours with downtime stand apart, since only a heat map reads them: the day, three bytes with a bit for
 * each hour, and five bytes for each bit that is set.
 */

const UNKNOWN = 1;
const DOWN = 2;
const ODD = 4;

/** A store's month on its way to or from the database. */
export interface PackedMonth {
  readonly days: Uint8Array<ArrayBuffer>;
  readonly hours: Uint8Array<ArrayBuffer>;
}

/**
 * Packs the dates of a month.
 *
 * @param first the first date of the month
 * @param sums in the order of dates
 */
export function packMonth(first: EpochDay, sums: readonly DaySums[]): PackedMonth {
  const [days, hours] = [new Writer(16 * sums.length), new Writer((4 + 5 * HOURS_OF_DAY) * sums.length)];
  for (const each of sums) {
    const day = each.date - first + 1;
    writeDay(days, day, each);
    if (each.down > 0) writeHours(hours, day, each.downByHour);
  }
  return { days: days.written(), hours: hours.written() };
}

function writeDay(to: Writer, day: number, { scheduled, up, down }: DaySums): void {
  const unknown = scheduled - up - down;
  const isOdd = scheduled % MINUTE !== 0;
  to.byte(day << 3 | (unknown > 0 ? UNKNOWN : 0) | (down > 0 ? DOWN : 0) | (isOdd ? ODD : 0));
  if (isOdd) to.micros(scheduled);
  else to.word(scheduled / MINUTE);
  if (unknown > 0) to.micros(unknown);
  if (down > 0) to.micros(down);
}

function writeHours(to: Writer, day: number, down: readonly Micros[]): void {
  const mask = down.reduce((mask, micros, hour) => micros > 0 ? mask | 1 << hour : mask, 0);
  to.byte(day);
  to.byte(mask >>> 16);
  to.word(mask & 0xffff);
  for (const micros of down) if (micros > 0) to.micros(micros);
}

/** Bytes that grow from the front. */
class Writer {
  readonly #bytes: DataView<ArrayBuffer>;
  #at = 0;

  constructor(capacity: number) {
    this.#bytes = new DataView(new ArrayBuffer(capacity));
  }

  byte(value: number): void {
    this.#bytes.setUint8(this.#at++, value);
  }

  word(value: number): void {
    this.#bytes.setUint16(this.#at, value);
    this.#at += 2;
  }

  micros(value: Micros): void {
    this.byte(Math.floor(value / WORD));
    this.#bytes.setUint32(this.#at, value % WORD);
    this.#at += 4;
  }

  written(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer, 0, this.#at);
  }
}

const WORD = 2 ** 32;

/** A part of some bytes. */
export interface Slice {
  readonly bytes: DataView;
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** Reads packed days, one after the other. */
export class DayReader {
  /** The day of the month. */
  day = 0;
  scheduled: Micros = 0;
  down: Micros = 0;
  unknown: Micros = 0;
  readonly #bytes: DataView;
  #at: number;
  readonly #to: number;

  constructor({ bytes, from, to }: Slice) {
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
  }

  /** Goes on to the next day. @returns whether there is one */
  next(): boolean {
    if (this.#at >= this.#to) return false;
    const head = this.#bytes.getUint8(this.#at++);
    this.day = head >>> 3;
    this.scheduled = (head & ODD) === 0 ? this.#minutes() : this.#micros();
    this.unknown = (head & UNKNOWN) === 0 ? 0 : this.#micros();
    this.down = (head & DOWN) === 0 ? 0 : this.#micros();
    return true;
  }

  #minutes(): Micros {
    this.#at += 2;
    return this.#bytes.getUint16(this.#at - 2) * MINUTE;
  }

  #micros(): Micros {
    this.#at += 5;
    return microsAt(this.#bytes, this.#at - 5);
  }
}

/** Goes through the hours with downtime. */
export function forEachHour(
  { bytes, from, to }: Slice,
  visit: (day: number, hour: number, down: Micros) => void,
): void {
  for (let at = from; at < to;) {
    const day = bytes.getUint8(at);
    const mask = bytes.getUint8(at + 1) << 16 | bytes.getUint16(at + 2);
    at += 4;
    for (let hour = 0; hour < HOURS_OF_DAY; hour++) {
      if ((mask & 1 << hour) === 0) continue;
      visit(day, hour, microsAt(bytes, at));
      at += 5;
    }
  }
}

function microsAt(bytes: DataView, at: number): Micros {
  return bytes.getUint8(at) * WORD + bytes.getUint32(at + 1);
}

/** The sums of a packed month. */
export function unpackMonth(first: EpochDay, { days, hours }: PackedMonth): DaySums[] {
  const byDay = new Map<number, Micros[]>();
  forEachHour(whole(hours), (day, hour, down) => {
    const found = byDay.get(day) ?? Array.from({ length: HOURS_OF_DAY }, () => 0);
    found[hour] = down;
    byDay.set(day, found);
  });
  const sums: DaySums[] = [];
  for (const reader = new DayReader(whole(days)); reader.next();) {
    const { day, scheduled, down, unknown } = reader;
    sums.push({
      date: first + day - 1,
      scheduled,
      up: scheduled - down - unknown,
      down,
      downByHour: byDay.get(day) ?? [],
    });
  }
  return sums;
}

function whole(bytes: Uint8Array): Slice {
  return { bytes: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), from: 0, to: bytes.byteLength };
}
