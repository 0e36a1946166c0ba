import type { Result } from "../../domain/measures/result.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import { isNamedByCalendar } from "../../domain/time/parse_window.ts";
import { openTimezone, type Timezone } from "../../domain/time/timezone.ts";
import type { Window } from "../../domain/time/window.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import { localTime } from "../kit/time.tsx";

interface Timed {
  readonly result: Result;
  readonly zoneRules: ZoneRules;
  /** The zone by whose calendar dates begin. Undefined: each store's own. */
  readonly calendar: string | undefined;
}

/** When a window is: `Wed 18 Jan 2023, 18:13 to Wed 25 Jan 2023, 18:13 UTC`, or `Tue 24 Jan 2023, each store's own clock`. */
export function windowTime(window: Window, timed: Timed): string {
  if (!isNamedByCalendar(window.name)) return `${full(window.start)} to ${full(window.end)} UTC`;
  const dates = datesOf(window, timed);
  const [only] = dates;
  if (dates.size !== 1 || only === undefined) return "the dates of each store's own clock";
  return `${only}, ${timed.calendar === undefined ? "each store's own clock" : `clock of ${timed.calendar}`}`;
}

/** The local dates of a window. Near midnight they differ between zones. */
function datesOf({ name }: Window, { result, zoneRules, calendar }: Timed): ReadonlySet<string> {
  const [ends, zones] = [result.ends(name), result.text("timezone")];
  if (ends === undefined || zones === undefined) return new Set();
  const open = opener(zoneRules);
  const seen = new Set<string>();
  const dates = new Set<string>();
  for (const row of result.storeIds.keys()) {
    const [from = NaN, to = NaN, zone = calendar ?? zones[row] ?? ""] = [ends.from[row], ends.to[row]];
    const key = `${zone} ${from} ${to}`;
    if (seen.has(key)) continue;
    seen.add(key);
    dates.add(dateWords(open(zone), from, to));
  }
  return dates;
}

/** Opens each zone once. */
function opener(zoneRules: ZoneRules): (name: string) => Timezone | undefined {
  const known = new Map<string, Timezone | undefined>();
  return (name) => {
    const zone = known.get(name) ?? openIfKnown(name, zoneRules);
    known.set(name, zone);
    return zone;
  };
}

/** The rules in use may be others than those of the report. Of a zone that they do not know, nothing is said. */
function openIfKnown(name: string, zoneRules: ZoneRules): Timezone | undefined {
  try {
    return openTimezone(name, zoneRules);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function dateWords(zone: Timezone | undefined, from: Micros, to: Micros): string {
  if (zone === undefined) return "";
  const [first, last] = [zone.dateAt(from), zone.dateAt(to - 1)].map((date) => localTime(date * DAY, undefined, "day"));
  return first === last ? String(first) : `${first} to ${last}`;
}

function full(at: Micros): string {
  return localTime(at, undefined, "full");
}
