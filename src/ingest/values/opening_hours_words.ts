import { DAY, type Micros } from "../../domain/time/interval.ts";
import { TIME_OF_DAY } from "./time_of_day.ts";
import { type Note, Unreadable } from "./value.ts";

/** A word of an opening-hours text, as far as it matters. */
export type Word =
  | { readonly is: "days"; readonly days: readonly number[] }
  | { readonly is: "times"; readonly start: Micros; readonly end: Micros }
  | { readonly is: "closed" | "holiday" };

const NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SHORTEST_NAME = 2;

const BLANKS = /[\s,]*/y;
/** `Mo`, `Mo-Fr`, `Monday – Friday:` */
const DAYS = /([a-z]+)\.?(?:\s*[-–—]\s*([a-z]+)\.?)?(?:\s*:(?!\d))?/iy;
const TIME = String.raw`\d+(?::\d+)*(?:\s?[ap]m\b)?|noon\b|midnight\b`;
const TIMES = new RegExp(String.raw`(${TIME})(?:\s*[-–—]\s*(${TIME}))?(\+)?`, "iy");
const ALWAYS = /24\/7/y;

/** Words of these texts that say something which weekly hours cannot. */
const OTHERS: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/,
    "hours_of_months",
    "names a month: weekly hours hold all year. Write rows with valid_from, or special hours",
  ],
  [/^week/, "hours_of_weeks", "names weeks of the year: weekly hours hold all year. Write special hours"],
  [/^(?:sun(?:rise|set)|dawn|dusk)$/, "hours_of_sun", "depends on the sun: write times of day"],
  [/^easter$/, "hours_of_easter", "names Easter: write special hours"],
];

/**
 * Splits one rule of an opening-hours text, which has no semicolon. Commas count as blanks: what stands on both sides says what
 * they separate.
 */
export function wordsOf(rule: string, note: Note): Word[] | Unreadable {
  const words: Word[] = [];
  let at = behind(BLANKS, rule, 0);
  while (at < rule.length) {
    const found = wordAt(rule, at, note);
    if (found instanceof Unreadable) return found;
    words.push(...found.words);
    at = behind(BLANKS, rule, found.end);
  }
  return words;
}

interface Found {
  readonly words: readonly Word[];
  readonly end: number;
}

function wordAt(rule: string, at: number, note: Note): Found | Unreadable {
  const always = behind(ALWAYS, rule, at);
  if (always > at) return { words: ALL_WEEK, end: always };
  const times = match(TIMES, rule, at);
  if (times !== null) return timesOf(times, note);
  const days = match(DAYS, rule, at);
  return days === null ? notRead(rule.slice(at)) : namedDays(days);
}

export const EVERY_DAY: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

const ALL_WEEK: readonly Word[] = [{ is: "days", days: EVERY_DAY }, { is: "times", start: 0, end: DAY }];

function timesOf([whole, from = "", to, more]: RegExpExecArray, note: Note): Found | Unreadable {
  if (more !== undefined) {
    return new Unreadable("hours_open_end", `has no end in ${JSON.stringify(whole)}: write when it closes`);
  }
  const start = TIME_OF_DAY.read(from, note);
  if (start instanceof Unreadable) return within(from, start);
  if (to === undefined) {
    return new Unreadable(
      "hours_one_time",
      `has only one time in ${JSON.stringify(whole)}: write both, as in 09:00-17:00`,
    );
  }
  const end = TIME_OF_DAY.read(to, note);
  if (end instanceof Unreadable) return within(to, end);
  return { words: [{ is: "times", start, end }], end: TIMES.lastIndex };
}

/** A fault of a part, as one of the whole text. */
export function within(part: string, { code, reason }: Unreadable): Unreadable {
  return new Unreadable(code, `has ${JSON.stringify(part)}, which ${reason}`);
}

function namedDays([, first = "", last]: RegExpExecArray): Found | Unreadable {
  const end = DAYS.lastIndex;
  const from = first.toLowerCase();
  if (from === "ph" || from === "sh") return { words: [{ is: "holiday" }], end };
  if ((from === "off" || from === "closed") && last === undefined) return { words: [{ is: "closed" }], end };
  const [start, stop] = [dayOf(from), dayOf((last ?? first).toLowerCase())];
  if (start === -1 || stop === -1) return unknownWord(start === -1 ? first : last ?? first);
  const length = (stop - start + 7) % 7 + 1;
  return { words: [{ is: "days", days: EVERY_DAY.slice(0, length).map((day) => (start + day) % 7) }], end };
}

function dayOf(name: string): number {
  return name.length < SHORTEST_NAME ? -1 : NAMES.findIndex((each) => each.startsWith(name));
}

function unknownWord(word: string): Unreadable {
  const [, code, reason] = OTHERS.find(([form]) => form.test(word.toLowerCase())) ?? [];
  if (code !== undefined && reason !== undefined) return new Unreadable(code, reason);
  return notRead(word);
}

const LONGEST_SHOWN = 20;

function notRead(rest: string): Unreadable {
  const start = rest.slice(0, LONGEST_SHOWN);
  return new Unreadable(
    "hours_unknown_word",
    `has ${
      JSON.stringify(start)
    }, which is neither a weekday nor a time: write it as Mo-Fr 09:00-17:00; Sa 10:00-14:00`,
  );
}

function match(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}

function behind(form: RegExp, text: string, at: number): number {
  return match(form, text, at) === null ? at : form.lastIndex;
}
