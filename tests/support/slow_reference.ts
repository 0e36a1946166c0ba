/**
 * The report row as one would work it out with a pencil: look at each second of the week, ask whether the store is open
 * and which poll speaks, and count. Slow, obvious, and without a line of src/domain. For inputs in whole seconds, and in
 * even ones for `nearest`, so that the border between two polls is a whole second.
 */
import type { MethodName } from "../../src/domain/method.ts";
import type { Poll, StoreParts } from "./build.ts";

type Verdict = "up" | "down";
export type Counts = Record<"hour" | "day" | "week", Record<Verdict, number>>;

/** An opening's ends, in microseconds since 1970. */
export interface Ends {
  readonly start: bigint;
  readonly end: bigint;
}

const MICROS = 1_000_000;
const HOUR = 3600;

/** `asOf` and what is counted are in microseconds. */
export function slowRow(store: StoreParts, asOf: number, method: MethodName): Counts {
  const now = asOf / MICROS;
  const end = method === "clock" ? now - (((now % HOUR) + HOUR) % HOUR) : now;
  const judge = judgeOf(store, now, method);
  const row: Counts = { hour: { up: 0, down: 0 }, day: { up: 0, down: 0 }, week: { up: 0, down: 0 } };
  for (let second = end - 168 * HOUR; second < end; second++) {
    const verdict = judge(second);
    if (verdict === undefined) continue;
    row.week[verdict] += MICROS;
    if (second >= end - 24 * HOUR) row.day[verdict] += MICROS;
    if (second >= end - HOUR) row.hour[verdict] += MICROS;
  }
  return row;
}

function judgeOf(store: StoreParts, now: number, method: MethodName): (second: number) => Verdict | undefined {
  const isOpen = opensAt(store, now - 170 * HOUR, now);
  const polls = pollsHeard(store, now, method);
  return (second) => {
    if (!isOpen(second)) return method === "clock" ? "up" : undefined;
    const poll = method === "nearest" ? nearestPoll(polls, second) : lastPoll(polls, second);
    if (poll === undefined) return method === "nearest" ? undefined : "up";
    return poll.active ? "up" : "down";
  };
}

/** Whether a store is open at a second between two others. */
export function opensAt(store: StoreParts, from: number, to: number): (second: number) => boolean {
  if (store.hours === undefined) return () => true;
  const all = openingsAround(store, from, to).map(({ start, end }) => [Number(start) / MICROS, Number(end) / MICROS]);
  return (second) => all.some(([start = 0, end = 0]) => start <= second && second < end);
}

/** The openings of every date from four before a span to four after it: more dates than can matter. */
export function openingsAround({ zone, hours }: StoreParts, from: number, to: number): Ends[] {
  const date = (second: number) =>
    Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO("UTC").toPlainDate();
  const ends: Ends[] = [];
  for (let day = date(from).subtract({ days: 4 }); !sameDate(day, date(to).add({ days: 5 })); day = day.add(ONE_DAY)) {
    for (const row of hours ?? []) {
      if (row.day !== day.dayOfWeek - 1) continue;
      const lastDay = row.end <= row.start ? day.add(ONE_DAY) : day;
      ends.push({ start: instantAt(day, row.start, zone), end: instantAt(lastDay, row.end, zone) });
    }
  }
  return ends;
}

const ONE_DAY = { days: 1 };

function sameDate(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) === 0;
}

function instantAt(date: Temporal.PlainDate, timeOfDay: number, zone: string): bigint {
  const midnight = date.toPlainDateTime("00:00");
  const wall = timeOfDay === 86_400 * MICROS ? midnight.add(ONE_DAY) : midnight.add({ microseconds: timeOfDay });
  return wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochNanoseconds / 1000n;
}

interface Heard {
  readonly second: number;
  readonly active: boolean;
}

function pollsHeard(store: StoreParts, now: number, method: MethodName): Heard[] {
  return store.polls.map(({ at, status }: Poll) => ({ second: at / MICROS, active: status === "active" }))
    .filter(({ second }) => second <= now)
    .filter(({ second }) => method !== "in-hours" || opensAt(store, second, second)(second));
}

/** The latest poll at or before a second; of two at one second, the inactive one. */
export function lastPoll(polls: readonly Heard[], second: number): Heard | undefined {
  let last: Heard | undefined;
  for (const poll of polls) {
    if (poll.second > second) continue;
    if (last === undefined || poll.second > last.second || (poll.second === last.second && !poll.active)) last = poll;
  }
  return last;
}

/** The poll nearest to a second among those that reach it; of two as near as each other the later, then the inactive. */
export function nearestPoll(polls: readonly Heard[], second: number): Heard | undefined {
  let nearest: Heard | undefined;
  for (const poll of polls) {
    if (second < poll.second - HOUR / 2 || second >= poll.second + HOUR / 2) continue;
    if (nearest === undefined || isBetter(poll, nearest, second)) nearest = poll;
  }
  return nearest;
}

function isBetter(poll: Heard, than: Heard, second: number): boolean {
  const further = Math.abs(second - poll.second) - Math.abs(second - than.second);
  if (further !== 0) return further < 0;
  return poll.second === than.second ? !poll.active : poll.second > than.second;
}
