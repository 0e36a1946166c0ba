import { openings, type WeeklyHours } from "./business_hours.ts";
import { covers, DAY, type Interval, type Micros, overlap, timeWithin } from "./interval.ts";
import type { Method } from "./method.ts";
import { type Polls, pollsWhere, upTo } from "./poll.ts";
import type { Schedule } from "./schedule.ts";
import { type StateChange, stateChanges } from "./state.ts";
import type { Timezone } from "./timezone.ts";
import { timeInState } from "./uptime.ts";
import { type Windows, windowsBefore } from "./window.ts";

/** All that is known of a store. */
export interface StoreFacts {
  readonly timezone: Timezone;
  readonly hours: WeeklyHours;
  readonly polls: Polls;
}

/** Uptime and downtime of one window, in microseconds. */
export interface Uptime {
  readonly up: Micros;
  readonly down: Micros;
}

/** A store's row in a report, exact. */
export type ReportRow = Record<keyof Windows, Uptime>;

/** Turns polls, business hours and a zone into uptime and downtime of the last hour, day and week before as-of. */
export function reportRow(facts: StoreFacts, asOf: Micros, method: Method): ReportRow {
  const windows = windowsBefore(asOf, method);
  const open = openings(facts.hours, facts.timezone, windows.week);
  const changes = stateChanges(pollsUsed(facts, asOf, method), method);
  const measure = (window: Interval) => uptime(open, changes, window, method);
  return { hour: measure(windows.hour), day: measure(windows.day), week: measure(windows.week) };
}

/**
 * The same row from outages alone, for a method that hears no more of polls (`hearsOutagesAlone`): most stores have none.
 *
 * @param outages each from an inactive poll to the next active one, or longer than the week
 */
export function rowOfOutages(
  schedule: Schedule,
  outages: readonly Interval[],
  windows: Windows,
  { closed }: Method,
): ReportRow {
  const measure = (name: keyof Windows): Uptime => {
    const window = windows[name];
    let down = 0;
    for (const outage of outages) down += timeWithin(schedule.openings, overlap(outage, window));
    return { up: (closed === "uptime" ? window.end - window.start : schedule.time[name]) - down, down };
  };
  return { hour: measure("hour"), day: measure("day"), week: measure("week") };
}

/** The polls that a method listens to: none after as-of, and none outside of openings if it asks for that. */
export function pollsUsed({ timezone, hours, polls }: StoreFacts, asOf: Micros, method: Method): Polls {
  const known = upTo(polls, asOf);
  if (method.pollsUsed === "all") return known;
  const open = spansAround(known).flatMap((span) => openings(hours, timezone, span));
  return pollsWhere(known, (instant) => covers(open, instant));
}

/** Spans that have all polls in them, but not the years that may lie between an old poll and the next one. */
function spansAround({ instants }: Polls): Interval[] {
  const spans: { start: Micros; end: Micros }[] = [];
  for (const instant of instants) {
    const last = spans.at(-1);
    if (last !== undefined && instant <= last.end) last.end = instant + DAY;
    else spans.push({ start: instant, end: instant + DAY });
  }
  return spans;
}

function uptime(
  open: readonly Interval[],
  changes: readonly StateChange[],
  window: Interval,
  method: Method,
): Uptime {
  const { up, down, unobserved } = timeInState(open, changes, window);
  const closed = window.end - window.start - up - down - unobserved;
  return {
    up: up + (method.unobserved === "uptime" ? unobserved : 0) + (method.closed === "uptime" ? closed : 0),
    down,
  };
}
