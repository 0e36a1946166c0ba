import { counted } from "../counted.ts";
import type { WindowName } from "./asked_window.ts";
import { HOUR, type Micros, MINUTE } from "./interval.ts";
import { parseMeasured } from "./parse_window.ts";
import { comparedWindow, isPrevious } from "./previous_window.ts";

const UNIT_WORDS: Readonly<Record<string, string>> = { m: "minute", h: "hour", d: "day", w: "week" };

/** A window in words for people, within a sentence: `last week`, `last 30 days`, `2026-10`, `the week before the last week`. */
export function windowWords(name: WindowName): string {
  if (isPrevious(name)) return theWindow(name);
  const { count, unit = "" } = elapsedIn(name);
  return count === undefined ? name.replaceAll("_", " ") : `last ${counted(Number(count), unit)}`;
}

/** `last_30d` has 30 of the unit `day`. */
function elapsedIn(name: WindowName): { count?: string | undefined; unit?: string | undefined } {
  const [, count, unit = ""] = /^last_(\d+)([mhdw])$/.exec(name) ?? [];
  return { count, unit: UNIT_WORDS[unit] };
}

/** The same at the start of a sentence. */
export function windowLabel(name: WindowName): string {
  const words = windowWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** When something was: `in the last week`, `yesterday`, `on 2026-10-31`, `on the day before yesterday`. */
export function inWindow(name: WindowName): string {
  if (name === "today" || name === "yesterday") return name;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(name) || wordsBefore(name) === "the day before";
  return `${isDay ? "on" : "in"} ${theWindow(name)}`;
}

/** The unit in which people read lengths of time within a window. */
export interface WindowUnit {
  readonly unit: Micros;
  readonly word: "minutes" | "hours";
}

/** Minutes in a window of an hour or less, else hours. */
export function windowUnit(name: WindowName): WindowUnit {
  const asked = parseMeasured(name);
  const isShort = !(asked instanceof RangeError) && asked.kind === "elapsed" && asked.length <= HOUR;
  return isShort ? { unit: MINUTE, word: "minutes" } : { unit: HOUR, word: "hours" };
}

/** A window as the object of a sentence: `the last week`, `this month`, `yesterday`, `2026-10`, `the month before 2026-10`. */
export function theWindow(name: WindowName): string {
  const before = wordsBefore(name);
  if (before !== undefined) return `${before} ${theWindow(comparedWindow(name))}`;
  const words = windowWords(name);
  return /^(last|previous) /.test(words) ? `the ${words}` : words;
}

/** A window that another one is compared with, beside that one: `the week before`, `the 30 days before`. Undefined for other windows. */
export function wordsBefore(name: WindowName): string | undefined {
  return isPrevious(name) ? `the ${lengthWords(comparedWindow(name))} before` : undefined;
}

const PERIOD = /(hour|day|week|month)$/;

function lengthWords(name: WindowName): string {
  const { count = "1", unit } = elapsedIn(name);
  const period = unit ?? PERIOD.exec(name)?.[0];
  if (period !== undefined) return count === "1" ? period : counted(Number(count), period);
  if (/^\d{4}-W/.test(name)) return "week";
  const asked = parseMeasured(name);
  if (asked instanceof RangeError || asked.kind !== "dates") return "same length of time";
  if (asked.unit !== undefined) return asked.unit;
  const dates = asked.end - asked.first;
  return dates === 1 ? "day" : counted(dates, "day");
}
