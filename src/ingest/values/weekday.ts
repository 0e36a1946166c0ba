import type { Warning } from "../../domain/warning.ts";
import { InputError } from "../faults/input_error.ts";
import { isTooLong, NO_VALUE, TOO_LONG, Unreadable, type ValueKind } from "./value.ts";

/** Numberings of weekdays other than 0…6 = Monday…Sunday. */
export const DAY_NUMBERINGS = ["iso", "sunday0", "sunday1"] as const;
export type DayNumbering = (typeof DAY_NUMBERINGS)[number];

const CHOICES =
  "--days iso (1 to 7 = Monday to Sunday), --days sunday1 (1 to 7 = Sunday to Saturday) or --days sunday0 " +
  "(0 to 6 = Sunday to Saturday); over HTTP ?days=iso, ?days=sunday1 or ?days=sunday0";

interface Numbering {
  readonly says: string;
  /** The weekday of the first digit; the others follow. 0 = Monday. */
  readonly firstDay: number;
  readonly firstDigit: number;
}

const NUMBERINGS: Record<DayNumbering | "monday0", Numbering> = {
  monday0: { says: "0 (Monday) to 6 (Sunday)", firstDay: 0, firstDigit: 0 },
  iso: { says: "1 (Monday) to 7 (Sunday), as --days iso says", firstDay: 0, firstDigit: 1 },
  sunday0: { says: "0 (Sunday) to 6 (Saturday), as --days sunday0 says", firstDay: 6, firstDigit: 0 },
  sunday1: { says: "1 (Sunday) to 7 (Saturday), as --days sunday1 says", firstDay: 6, firstDigit: 1 },
};

const NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SHORTEST_NAME = 3;

const DAYS_FROM_ONE: Warning = {
  code: "days_from_one",
  message:
    "The file has all days from 1 to 6 and no 0. If its 1 is not Tuesday, all days are wrong. Load it again with " +
    CHOICES,
  storesTotal: 0,
  stores: [],
};

/** Reads the weekdays of one file: 0 = Monday … 6 = Sunday, or an English name, or its first three letters and more. */
export class Weekdays implements ValueKind<number> {
  readonly #numbering: DayNumbering | undefined;
  /** A bit for each digit that the file has. */
  #digits = 0;

  constructor(numbering: DayNumbering | undefined) {
    this.#numbering = numbering;
  }

  /** @throws {InputError} if a 7 shows that the days are not numbered from 0: then no digit of the file has one meaning */
  read(text: string): number | Unreadable {
    if (isTooLong(text)) return TOO_LONG;
    if (!/^\d$/.test(text)) return named(text) ?? faultOf(text, this.#scheme);
    if (text === "7" && this.#numbering === undefined) {
      throw new InputError(`A day is "7", but days go from ${this.#scheme.says}. Say what 7 is: ${CHOICES}`);
    }
    const place = Number(text) - this.#scheme.firstDigit;
    if (place < 0 || place > 6) return faultOf(text, this.#scheme);
    this.#digits |= 1 << Number(text);
    return (place + this.#scheme.firstDay) % 7;
  }

  /** After the last row: whether the days are probably not numbered from 0. */
  warnings(): Warning[] {
    return this.#numbering === undefined && this.#digits === FROM_1_TO_6 ? [DAYS_FROM_ONE] : [];
  }

  get #scheme(): Numbering {
    return NUMBERINGS[this.#numbering ?? "monday0"];
  }
}

const FROM_1_TO_6 = 0b1111110;

function named(text: string): number | undefined {
  const name = text.toLowerCase();
  const day = name.length < SHORTEST_NAME ? -1 : NAMES.findIndex((each) => each.startsWith(name));
  return day === -1 ? undefined : day;
}

function faultOf(text: string, { says }: Numbering): Unreadable {
  const expected = `write ${says}, or an English name such as Monday or Mon`;
  if (text === "") return new Unreadable("day_empty", `is empty: ${expected}`);
  if (NO_VALUE.test(text)) return new Unreadable("day_missing", `says that there is no value: ${expected}`);
  if (/^\d+\.0*$/.test(text)) return new Unreadable("day_fraction", `is a number with a decimal point: ${expected}`);
  if (/^-?\d+$/.test(text)) return new Unreadable("day_out_of_range", `is not a day: ${expected}`);
  if (/^\d{4}-\d\d-\d\d|^\d{1,2}[./]\d{1,2}/.test(text)) {
    return new Unreadable("day_is_date", `is a date, not a weekday: ${expected}`);
  }
  if (/[a-z]{3}.*(?:-|–|to|,|;|\/|&|\+).*[a-z]{3}/i.test(text)) {
    return new Unreadable("day_is_list", `names several days: write a row for each. For a day, ${expected}`);
  }
  if (/^[a-z]{1,2}$/i.test(text)) return new Unreadable("day_too_short", `is too short to be sure of: ${expected}`);
  return new Unreadable("day_unknown", `is not a day: ${expected}`);
}
