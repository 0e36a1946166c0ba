import type { StagedOpening } from "../../db/stores/stage_hours.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import { openingsOf } from "./opening.ts";
import { EVERY_DAY, within, type Word, wordsOf } from "./opening_hours_words.ts";
import { timeText } from "./time_of_day.ts";
import { type Note, Unreadable, type ValueKind } from "./value.ts";

/** The openings of the weekdays that a text names. None: the day is closed. */
export type SaidDays = ReadonlyMap<number, readonly StagedOpening[]>;

export const HOLIDAYS_NOT_READ = {
  code: "public_holidays_not_read",
  message: "Hours of public or school holidays (PH, SH) were not taken: load the dates from an iCalendar file",
};

const LONGEST = 1_000;

const TOO_LONG = new Unreadable(
  "hours_too_long",
  `is longer than ${LONGEST} characters: check the separators of the row`,
);

const EMPTY = new Unreadable("hours_empty", "is empty: write closed if the store is always closed, or remove the row");

const TWICE_MIDNIGHT = new Unreadable(
  "hours_zero_to_zero",
  "may mean closed, or open all day: write closed, or 00:00-24:00",
);

/** What some days are open at. */
interface Group {
  readonly days: readonly number[];
  readonly times: readonly { readonly start: Micros; readonly end: Micros }[];
  readonly isClosed: boolean;
  readonly isOfHolidays: boolean;
}

/** The weekly hours of a store as one text: `Mo-Fr 09:00-17:00; Sa,Su 10:00-14:00`. A day that is not named is closed. */
export const OPENING_HOURS: ValueKind<SaidDays> = {
  read(text, note) {
    if (text.length > LONGEST) return TOO_LONG;
    if (text === "") return EMPTY;
    const rules: Group[][] = [];
    for (const rule of text.split(";").filter((rule) => rule.trim() !== "")) {
      const words = wordsOf(rule, note);
      if (words instanceof Unreadable) return words;
      rules.push(groupsOf(words));
    }
    return readRules(rules, note);
  },
};

/** A group ends where days follow on times. */
function groupsOf(words: readonly Word[]): Group[] {
  const groups: Word[][] = [];
  let before: Word["is"] | undefined;
  for (const word of words) {
    const namesDays = word.is === "days" || word.is === "holiday";
    if (before === undefined || namesDays && (before === "times" || before === "closed")) groups.push([]);
    groups.at(-1)?.push(word);
    before = word.is;
  }
  return groups.map((group) => ({
    days: group.flatMap((word) => word.is === "days" ? word.days : []),
    times: group.flatMap((word) => word.is === "times" ? [word] : []),
    isClosed: group.some((word) => word.is === "closed"),
    isOfHolidays: group.some((word) => word.is === "holiday"),
  }));
}

function readRules(rules: readonly (readonly Group[])[], note: Note): SaidDays | Unreadable {
  const groups = rules.flat();
  if (groups.length === 0) return EMPTY;
  if (groups.some(({ isOfHolidays }) => isOfHolidays)) note(HOLIDAYS_NOT_READ);
  const said = new Map<number, readonly StagedOpening[]>();
  for (const rule of rules) {
    const days = readGroups(rule, groups.filter(isOfDays).every(isBare));
    if (days instanceof Unreadable) return days;
    for (const [day, openings] of days) {
      if (said.has(day)) return dayTwice(day);
      said.set(day, openings);
    }
  }
  return said.size === 0 ? HOLIDAYS_ALONE : said;
}

const HOLIDAYS_ALONE = new Unreadable("hours_of_holidays_alone", "names holidays alone: write the hours of weekdays");

/** Days without times: schema.org writes `Mo-Su` for a store that is open all day. */
function isBare({ times, isClosed }: Group): boolean {
  return times.length === 0 && !isClosed;
}

function readGroups(groups: readonly Group[], areBare: boolean): SaidDays | Unreadable {
  const said = new Map<number, readonly StagedOpening[]>();
  for (const group of groups) {
    if (isBare(group) && !areBare && group.days.length > 0) return noTimes(group);
    if (group.isClosed && group.times.length > 0) return CLOSED_AND_OPEN;
    for (const day of daysOf(group)) {
      const openings = openingsOn(day, group);
      if (openings instanceof Unreadable) return openings;
      const before = said.get(day);
      if (before !== undefined && (before.length === 0 || openings.length === 0)) return CLOSED_AND_OPEN;
      said.set(day, [...before ?? [], ...openings]);
    }
  }
  return said;
}

function isOfDays({ days, isOfHolidays }: Group): boolean {
  return days.length > 0 || !isOfHolidays;
}

/** Times without days are those of every day, unless they are those of holidays. */
function daysOf({ days, isOfHolidays }: Group): ReadonlySet<number> {
  return new Set(days.length === 0 && !isOfHolidays ? EVERY_DAY : days);
}

const ALL_DAY = [{ start: 0, end: DAY }];

function openingsOn(day: number, group: Group): StagedOpening[] | Unreadable {
  const found: StagedOpening[] = [];
  for (const { start, end } of isBare(group) ? ALL_DAY : group.times) {
    const range = `${timeText(start)}-${timeText(end)}`;
    if (start === 0 && end === 0) return within(range, TWICE_MIDNIGHT);
    const openings = openingsOf(day, start, end);
    if (openings instanceof Unreadable) return within(range, openings);
    found.push(...openings);
  }
  return found;
}

const DAY_NAMES = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

function dayTwice(day: number): Unreadable {
  return new Unreadable(
    "hours_day_twice",
    `has ${DAY_NAMES[day]} in two parts, and the later one may replace or add: write all times of a day in one part, ` +
      `as in ${DAY_NAMES[day]} 09:00-12:00,13:00-17:00`,
  );
}

export const CLOSED_AND_OPEN = new Unreadable(
  "hours_closed_and_open",
  "says that a day is closed, and has times for it: remove one of both",
);

function noTimes({ days }: Group): Unreadable {
  const names = days.map((day) => DAY_NAMES[day]).join(",");
  return new Unreadable(
    "hours_without_times",
    `has ${names} without times: write when it is open, as in ${names} 09:00-17:00, or closed`,
  );
}
