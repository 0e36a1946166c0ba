import { parseInstant } from "../domain/instant.ts";
import type { Micros } from "../domain/interval.ts";
import type { ZoneRules } from "../domain/zone_rules.ts";

/** What a field must hold: how it is read, and what is said of one that cannot be. */
export interface ValueKind<Value> {
  /** `undefined` if the text is no such value. */
  read(text: string): Value | undefined;
  /** Why the text is no such value. */
  fault(text: string): string;
}

const LONGEST_ID = 64;
const USUAL_ID = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;

/** 1 to 64 printable characters (code points), not beginning with what a spreadsheet runs as a formula. */
export const STORE_ID: ValueKind<string> = {
  read: (text) => {
    const id = text.trim();
    return USUAL_ID.test(id) || faultOfId(id) === undefined ? id : undefined;
  },
  fault: (text) => faultOfId(text.trim()) ?? "is not a store id",
};

function faultOfId(id: string): string | undefined {
  if (id === "") return "is empty";
  // Two UTF-16 units make one character at the most: a text of megabytes is not worth counting.
  if (id.length > 2 * LONGEST_ID || [...id].length > LONGEST_ID) return `is longer than ${LONGEST_ID} characters`;
  if (/^[=+@-]/.test(id)) return `begins with "${id[0]}", which a spreadsheet would run as a formula`;
  return UNPRINTABLE.test(id) ? "holds a character that cannot be printed" : undefined;
}

/** Whether the store is active. */
export const STATUS: ValueKind<boolean> = {
  read: (text) => {
    const status = text.trim().toLowerCase();
    return status === "active" ? true : status === "inactive" ? false : undefined;
  },
  fault: () => "is neither active nor inactive",
};

/** Microseconds since 1970. */
export const INSTANT: ValueKind<Micros> = {
  read: (text) => parseInstant(text.trim()),
  fault: () => "is not an instant such as 2023-01-25 18:13:22.479220 UTC, from 1970 to 2199",
};

/** 0 = Monday … 6 = Sunday. */
export const DAY: ValueKind<number> = {
  read: (text) => /^[0-6]$/.test(text.trim()) ? Number(text) : undefined,
  fault: () => "is not a day from 0 (Monday) to 6 (Sunday)",
};

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?$/;
const MIDNIGHT = /^24:00(?::00(?:\.0{1,6})?)?$/;

/** A time of day, as text that Postgres reads the same. */
export const START_TIME: ValueKind<string> = {
  read: (text) => matching(text, TIME),
  fault: () => "is not a time from 00:00 to 23:59:59.999999",
};

/** The same, or midnight at the end of the day. */
export const END_TIME: ValueKind<string> = {
  read: (text) => matching(text, TIME) ?? matching(text, MIDNIGHT),
  fault: () => "is not a time from 00:00 to 24:00",
};

function matching(text: string, form: RegExp): string | undefined {
  const trimmed = text.trim();
  return form.test(trimmed) ? trimmed : undefined;
}

/** A zone by its name in the rules, in any letter case; its name as the rules spell it. */
export function timezoneOf(rules: ZoneRules): ValueKind<string> {
  return {
    read: (text) => rules.zones.get(text.trim().toLowerCase())?.id,
    fault: () => "is not an IANA time zone such as America/New_York",
  };
}
