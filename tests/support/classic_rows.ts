/** The rows of the classic report, worked out from what the second reader makes of some files. */
import { METHODS } from "../../src/domain/method.ts";
import { exactRow } from "../domain/exact_reference.ts";
import type { Poll, StoreParts } from "./build.ts";
import type { Reading } from "./second_reader/second_reader.ts";

const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
const BEGIN = Date.UTC(2000, 0, 1) * 1000;

interface Gathered {
  readonly polls: Poll[];
  readonly hours: { day: number; start: number; end: number }[];
  hasHours: boolean;
  zone: string;
}

/** @returns each store's six numbers with six decimals; `undefined` without a poll, since a report then has no as-of */
export function classicRows(readings: readonly (Reading | undefined)[], now: number): Map<string, string> | undefined {
  const stores = new Map<string, Gathered>();
  for (const reading of readings) {
    for (const row of reading?.good ?? []) take(stores, reading?.kind, row, now);
  }
  const instants = [...stores.values()].flatMap(({ polls }) => polls.map(({ at }) => at));
  if (instants.length === 0) return undefined;
  const asOf = Math.max(...instants);
  return new Map([...stores].map(([id, store]) => [id, classicRow(partsOf(store), asOf)]));
}

function take(stores: Map<string, Gathered>, kind: Reading["kind"] | undefined, row: string, now: number): void {
  const [, id = "", rest = ""] = (kind === "polls" ? /^(.*)\|([^|]*\|[^|]*)$/s : /^(.*)\|([^|]*)$/s).exec(row) ?? [];
  const [first = "", second = ""] = rest.split("|");
  // Such a time is impossible.
  if (kind === "polls" && (Number(second) < BEGIN || Number(second) > now + DAY)) return;
  const store = stores.get(id) ?? { polls: [], hours: [], hasHours: false, zone: "America/Chicago" };
  stores.set(id, store);
  if (kind === "polls") store.polls.push({ at: Number(second), status: first === "true" ? "active" : "inactive" });
  else if (kind === "timezones") store.zone = rest;
  else {
    store.hasHours = true;
    store.hours.push(...openings(rest));
  }
}

/** `from for length`, in the week, as rows of one weekday that last at most a day each. */
function openings(text: string): Gathered["hours"] {
  if (text === "closed") return [];
  const [from = 0, length = 0] = text.split(" for ").map(Number);
  const day = Math.floor(from / DAY);
  const start = from % DAY;
  if (length <= DAY) return [{ day, start, end: start + length > DAY ? start + length - DAY : start + length }];
  return [{ day, start, end: start }, ...openings(`${(from + DAY) % (7 * DAY)} for ${length - DAY}`)];
}

function partsOf({ polls, hours, hasHours, zone }: Gathered): StoreParts {
  return { polls, zone, hours: hasHours ? hours : undefined };
}

function classicRow(store: StoreParts, asOf: number): string {
  const { hour, day, week } = exactRow(store, asOf, METHODS.step);
  const units = (measure: "up" | "down") => [[hour[measure], 60], [day[measure], 3600], [week[measure], 3600]];
  return [...units("up"), ...units("down")].map(([micros = 0, unit = 1]) => rounded(micros, unit)).join(",");
}

/** Microseconds as units of some seconds, with six decimals, half up. */
function rounded(micros: number, unit: number): string {
  const millionths = (2n * BigInt(micros) + BigInt(unit)) / (2n * BigInt(unit));
  return `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, "0")}`;
}
