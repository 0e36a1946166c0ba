import { counted } from "../counted.ts";
import type { WindowName } from "./asked_window.ts";
import { HOUR, type Micros, MINUTE } from "./interval.ts";
import { parseWindow } from "./parse_window.ts";

const UNIT_WORDS: Readonly<Record<string, string>> = { m: "minute", h: "hour", d: "day", w: "week" };

/** A window in words for people, within a sentence: `last week`, `last 30 days`, `2026-10`. */
export function windowWords(name: WindowName): string {
  const [, count, unit = ""] = /^last_(\d+)([mhdw])$/.exec(name) ?? [];
  return count === undefined ? name.replaceAll("_", " ") : `last ${counted(Number(count), UNIT_WORDS[unit] ?? "")}`;
}

/** The same at the start of a sentence. */
export function windowLabel(name: WindowName): string {
  const words = windowWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** When something was: `in the last week`, `yesterday`, `on 2026-10-31`. */
export function inWindow(name: WindowName): string {
  if (name === "today" || name === "yesterday") return name;
  return `${/^\d{4}-\d\d-\d\d$/.test(name) ? "on" : "in"} ${theWindow(name)}`;
}

/** The unit in which people read lengths of time within a window. */
export interface WindowUnit {
  readonly unit: Micros;
  readonly word: "minutes" | "hours";
}

/** Minutes in a window of an hour or less, else hours. */
export function windowUnit(name: WindowName): WindowUnit {
  const asked = parseWindow(name);
  const isShort = !(asked instanceof RangeError) && asked.kind === "elapsed" && asked.length <= HOUR;
  return isShort ? { unit: MINUTE, word: "minutes" } : { unit: HOUR, word: "hours" };
}

/** A window as the object of a sentence: `the last week`, `yesterday`, `2026-10`. */
export function theWindow(name: WindowName): string {
  const words = windowWords(name);
  return /^(last|this|previous) /.test(words) ? `the ${words}` : words;
}
