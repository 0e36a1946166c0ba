/**
 * All measures as one would work them out with a pencil: look at each second up to as-of, ask whether the store is open, which poll
 * speaks and which polls stand before and after, and count. Slow, obvious, and without a line of src/domain. For inputs in whole
 * seconds, and in even ones for `nearest`, so that the border between two polls is a whole second.
 */
import type { Measures } from "../../src/domain/measures/measures.ts";
import type { MethodName } from "../../src/domain/method.ts";
import type { OpeningTime } from "../../src/domain/openings/opening_time.ts";
import type { Poll, StoreParts } from "./build.ts";

export type Counts = Record<"hour" | "day" | "week", Record<"up" | "down", number>>;

/** An opening's ends, in microseconds since 1970. */
export interface Ends {
  readonly start: bigint;
  readonly end: bigint;
}

const MICROS = 1_000_000;
const HOUR = 3600;

/** What decides measures beside the store. In microseconds. */
export interface SlowQuestion {
  readonly asOf: number;
  readonly method: MethodName;
  readonly staleAfter: number;
}

/** The measures of the hour, the day and the week before as-of. */
export function slowMeasures(store: StoreParts, { asOf, method, staleAfter }: SlowQuestion): Measures[] {
  const now = asOf / MICROS;
  const end = method === "clock" ? now - (((now % HOUR) + HOUR) % HOUR) : now;
  const look = lookerOf(store, { now, method, stale: staleAfter / MICROS });
  const windows = [HOUR, 24 * HOUR, 168 * HOUR].map((length) => new SlowWindow(end - length));
  let outage = 0;
  let wasDown = false;
  for (let second = end - 168 * HOUR; second < end; second++) {
    const seen = look(second);
    if (seen.said === "down" && !wasDown) outage++;
    wasDown = seen.said === "down";
    for (const window of windows) if (second >= window.start) window.count(seen, outage);
  }
  return windows.map((window) => window.measures());
}

/** What one second is. */
interface Second {
  readonly open: boolean;
  /** Whether it is scheduled time, or would be without exclusions. */
  readonly counts: boolean;
  readonly excluded: boolean;
  readonly said: "up" | "down" | undefined;
  /** Whether time of which no poll says anything is uptime. */
  readonly assumedUp: boolean;
  readonly observed: boolean;
  readonly certain: "up" | "down" | undefined;
}

class SlowWindow {
  readonly start: number;
  readonly #seconds = { scheduled: 0, excluded: 0, up: 0, down: 0, unknown: 0, observed: 0, up_low: 0, up_high: 0 };
  readonly #outages = new Map<number, number>();

  constructor(start: number) {
    this.start = start;
  }

  count({ open, counts, excluded, said, assumedUp, observed, certain }: Second, outage: number): void {
    if (!counts) return;
    if (excluded) return void this.#seconds.excluded++;
    const verdict = open ? said ?? (assumedUp ? "up" : "unknown") : "up";
    const sure = open ? certain : "up";
    this.#seconds.scheduled++;
    this.#seconds[verdict]++;
    if (observed) this.#seconds.observed++;
    if (sure === "up") this.#seconds.up_low++;
    if (sure !== "down") this.#seconds.up_high++;
    if (verdict === "down") this.#outages.set(outage, (this.#outages.get(outage) ?? 0) + 1);
  }

  measures(): Measures {
    const { scheduled, excluded, up, down, unknown, observed, up_low, up_high } = this.#seconds;
    return {
      scheduled: scheduled * MICROS,
      excluded: excluded * MICROS,
      up: up * MICROS,
      down: down * MICROS,
      unknown: unknown * MICROS,
      observed: observed * MICROS,
      up_low: up_low * MICROS,
      up_high: up_high * MICROS,
      outages: this.#outages.size,
      longest_outage: Math.max(0, ...this.#outages.values()) * MICROS,
    };
  }
}

interface Looking {
  readonly now: number;
  readonly method: MethodName;
  readonly stale: number;
}

function lookerOf(store: StoreParts, { now, method, stale }: Looking): (second: number) => Second {
  const isOpen = opensAt(store, now - 170 * HOUR, now);
  const used = pollsHeard(store, now, method);
  const all = pollsHeard(store, now, "step");
  const exclusions = exclusionsOf(store).map(({ start, end }) => [Number(start) / MICROS, Number(end) / MICROS]);
  return (second) => {
    const last = lastPoll(used, second);
    const near = nearestPoll(used, second);
    const isFresh = last !== undefined && second < last.second + stale;
    const speaker = method === "nearest" ? near : method === "observed" && !isFresh ? undefined : last;
    const open = isOpen(second);
    return {
      open,
      counts: open || method === "clock",
      excluded: exclusions.some(([start = 0, end = 0]) => start <= second && second < end),
      said: speaker === undefined ? undefined : speaker.active ? "up" : "down",
      assumedUp: method !== "nearest" && method !== "observed",
      observed: method === "nearest" ? near !== undefined : isFresh,
      certain: certainAt(lastPoll(all, second), nextPoll(all, second), stale),
    };
  };
}

function certainAt(last: Heard | undefined, next: Heard | undefined, stale: number): "up" | "down" | undefined {
  if (last === undefined || next === undefined || next.second - last.second > stale) return undefined;
  if (last.active !== next.active) return undefined;
  return last.active ? "up" : "down";
}

/** Whether a store is open at a second between two others. */
export function opensAt(store: StoreParts, from: number, to: number): (second: number) => boolean {
  const all = openingsAround(store, from, to).map(({ start, end }) => [Number(start) / MICROS, Number(end) / MICROS]);
  return (second) => all.some(([start = 0, end = 0]) => start <= second && second < end);
}

/** The openings of every date from four before a span to four after it: more dates than can matter. */
export function openingsAround(store: StoreParts, from: number, to: number): Ends[] {
  const date = (second: number) =>
    Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO("UTC").toPlainDate();
  const ends: Ends[] = [];
  for (let day = date(from).subtract({ days: 4 }); !sameDate(day, date(to).add({ days: 5 })); day = day.add(ONE_DAY)) {
    for (const { start, end } of timesOn(store, day)) {
      const lastDay = end <= start ? day.add(ONE_DAY) : day;
      ends.push({ start: instantAt(day, start, store.zone), end: instantAt(lastDay, end, store.zone) });
    }
  }
  return ends;
}

/** The opening times of a date: its own special ones, or those of all stores, or those of the week that holds then. */
function timesOn({ hours, later = {}, special = {}, ofAll = {} }: StoreParts, day: Temporal.PlainDate): OpeningTime[] {
  const date = day.toString();
  const times = special[date] ?? ofAll[date];
  if (times !== undefined) return [...times];
  const version = Object.keys(later).filter((from) => from <= date).sort().at(-1);
  const week = version === undefined ? hours : later[version];
  if (week === undefined) return [{ start: 0, end: 86_400 * MICROS }];
  return week.filter((row) => row.day === day.dayOfWeek - 1);
}

/** When the exclusions of a store are. */
export function exclusionsOf({ zone, exclusions = [] }: StoreParts): Ends[] {
  const at = (text: string) =>
    (text.endsWith("Z")
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: "compatible" }))
      .epochNanoseconds / 1000n;
  return exclusions.map(({ from, to }) => ({ start: at(from), end: at(to) }));
}

const ONE_DAY = { days: 1 };

function sameDate(a: Temporal.PlainDate, b: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) === 0;
}

function instantAt(date: Temporal.PlainDate, timeOfDay: number, zone: string): bigint {
  const midnight = date.toPlainDateTime("00:00");
  const wall = midnight.add({ microseconds: timeOfDay });
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

/** The earliest poll after a second; of two at one second, the inactive one. */
function nextPoll(polls: readonly Heard[], second: number): Heard | undefined {
  let next: Heard | undefined;
  for (const poll of polls) {
    if (poll.second <= second) continue;
    if (next === undefined || poll.second < next.second || (poll.second === next.second && !poll.active)) next = poll;
  }
  return next;
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
