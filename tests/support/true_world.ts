/**
 * Worlds in which it is known what a store really did: its true history, and polls that tell the truth. The same seed makes the same
 * world on any machine.
 */
import { openings } from "../../src/domain/openings/opening_rules.ts";
import type { WeeklyHours } from "../../src/domain/openings/business_hours.ts";
import { DAY, HOUR, type Interval, type Micros, MINUTE, overlap } from "../../src/domain/time/interval.ts";
import { Random } from "../../src/sample/random.ts";
import { everyDay, hours, instant, type Poll, store, type StoreParts } from "./build.ts";

export interface TrueWorld {
  readonly store: StoreParts;
  readonly asOf: Micros;
  readonly staleAfter: Micros;
  /** When the store was really up: sorted, apart from each other. */
  readonly up: readonly Interval[];
}

/** What decides a world: when the store is polled, and how it changes. */
export interface Life {
  readonly staleAfter: (random: Random) => Micros;
  /** Up to as-of, ascending. */
  readonly polls: (random: Random, asOf: Micros, staleAfter: Micros) => Micros[];
  /** When the store is up, from ten days before as-of on. */
  readonly up: (random: Random, polls: readonly Micros[], staleAfter: Micros) => Interval[];
}

/** What the bounds assume: at most one change between two polls that are at most `stale_after` apart. */
export const ONE_CHANGE: Life = {
  staleAfter: (random) =>
    random.pick([[2 * HOUR, 3], [30 * MINUTE, 1], [5 * HOUR, 1], [MINUTE + random.below(DAY), 1]]),
  polls: pollsOfAllGaps,
  up: atMostOneChange,
};

/** Breaks the assumption: polls about every hour, and outages that begin and end without regard to them. */
export function flapping(outagesAWeek: number, length: Micros): Life {
  return {
    staleAfter: () => 2 * HOUR,
    polls: hourlyPolls,
    up: (random, polls) => withOutages(random, polls, { every: 7 * DAY / outagesAWeek, length }),
  };
}

/** A store, its polls in the nine days before as-of, and what it really did. */
export function trueWorld(seed: number, life: Life): TrueWorld {
  const random = Random.of(seed);
  const asOf = instant("2023-03-14 12:00") + random.below(DAY);
  const staleAfter = life.staleAfter(random);
  const instants = life.polls(random, asOf, staleAfter);
  const up = life.up(random, instants, staleAfter);
  const polls = instants.map((at): Poll => ({ at, status: isUpAt(up, at) ? "active" : "inactive" }));
  return { store: { ...place(random), polls }, asOf, staleAfter, up };
}

function place(random: Random): { zone: string; hours: WeeklyHours } {
  const zone = random.pick([["America/Chicago", 2], ["UTC", 1], ["Asia/Kolkata", 1]]);
  const hour = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  const daily = everyDay(hour(random.below(24)), hour(random.below(24)));
  const split = [
    hours("Sunday", "09:00", "12:00"),
    hours("Sunday", "13:30", "17:00"),
    hours("Tuesday", "22:00", "06:00"),
  ];
  return { zone, hours: random.pick([[daily, 4], [split, 2], [undefined, 1]]) };
}

/** Gaps of all lengths, also of just `stale_after`. The last poll may lie at as-of, or days before. */
function pollsOfAllGaps(random: Random, asOf: Micros, staleAfter: Micros): Micros[] {
  const instants: Micros[] = [];
  let at = asOf - random.pick([[0, 1], [random.below(HOUR), 4], [2 * DAY, 1]]);
  const longGaps = random.pick([[0, 1], [1, 2], [5, 1]]);
  for (const most = random.below(400); instants.length < most && at > asOf - 9 * DAY;) {
    instants.push(at);
    const long = staleAfter + 1 + random.below(DAY);
    at -= random.pick([[staleAfter, 2], [1 + random.below(staleAfter), 18], [long, longGaps]]);
  }
  return instants.reverse();
}

function hourlyPolls(random: Random, asOf: Micros): Micros[] {
  const hours = Array.from({ length: 9 * 24 }, (_, index) => 9 * 24 - index);
  return hours.map((hour) => asOf - hour * HOUR + random.below(30 * MINUTE));
}

/** Some stores change often, others hardly ever. Where polls are far apart, they change as often as they like. */
function atMostOneChange(random: Random, instants: readonly Micros[], staleAfter: Micros): Interval[] {
  const rareness = random.pick([[2, 1], [8, 2], [40, 2], [400, 1]]);
  const [first = 0, last = 0] = [instants[0], instants.at(-1)];
  const edges = [first - 2 * DAY, ...instants, last + 3 * DAY];
  const toggles = edges.slice(1).flatMap((end, index) => {
    const start = edges[index] ?? end;
    const isShort = index > 0 && index < instants.length && end - start <= staleAfter;
    const most = isShort ? 1 : random.below(7);
    const count = random.chance(1, isShort ? rareness : 1) ? most : 0;
    return changeInstants(random, { start, end }, count);
  });
  return upFrom(toggles, random.chance(1, 2));
}

function withOutages(
  random: Random,
  [first = 0]: readonly Micros[],
  { every, length }: { readonly every: Micros; readonly length: Micros },
): Interval[] {
  const up: Interval[] = [];
  for (let start = first - DAY; start < first + 11 * DAY;) {
    const end = start + waiting(random, every);
    up.push({ start, end });
    start = end + waiting(random, length);
  }
  return up;
}

/** A length of time that knows nothing of the past, of some length on average. */
function waiting(random: Random, average: Micros): Micros {
  return Math.ceil(-Math.log((random.below(1_000_000) + 1) / 1_000_001) * average);
}

/** After a gap's first instant, and up to its last: the poll there sees the new state already. */
function changeInstants(random: Random, { start, end }: Interval, count: number): Micros[] {
  if (end <= start) return [];
  const any = () => start + 1 + Math.floor(random.below(1_000_000) / 1_000_000 * (end - start));
  const one = () => random.pick([[any(), 8], [start + 1, 1], [end, 1]]);
  return Array.from({ length: count }, one).sort((a, b) => a - b);
}

function upFrom(toggles: readonly Micros[], startsUp: boolean): Interval[] {
  const edges = startsUp ? [-Infinity, ...toggles] : [...toggles];
  const up: Interval[] = [];
  for (let index = 0; index < edges.length; index += 2) {
    const [start = 0, end = Infinity] = edges.slice(index, index + 2);
    if (start < end) up.push({ start, end });
  }
  return up;
}

export function isUpAt(up: readonly Interval[], at: Micros): boolean {
  return up.some(({ start, end }) => start <= at && at < end);
}

/** The time that a store was really up within its openings and a window; closed time counts as up if it counts at all. */
export function trueUptime({ store: parts, up }: TrueWorld, window: Interval, closedCounts: boolean): Micros {
  const open = openings(store(parts).rules, window);
  const upWhileOpen = sum(open.flatMap((opening) => up.map((span) => overlap(opening, span))));
  return upWhileOpen + (closedCounts ? window.end - window.start - sum(open) : 0);
}

function sum(spans: readonly Interval[]): Micros {
  return spans.reduce((total, { start, end }) => total + Math.max(0, end - start), 0);
}

/**
 * The history with the least, or with the most, uptime that fits the polls of a world and the assumption of the bounds. A state that
 * a poll saw, and that nothing else asks for, lasts one microsecond.
 */
export function extremeHistory({ store: { polls }, staleAfter }: TrueWorld, wanted: "least" | "most"): Interval[] {
  const likes = wanted === "most";
  const runs: { start: Micros; isUp: boolean }[] = [{ start: -Infinity, isUp: likes }];
  for (const [index, { at, status }] of polls.entries()) {
    const isUp = status === "active";
    runs.push({ start: at, isUp });
    const next = polls[index + 1];
    const isCertain = next !== undefined && next.at - at <= staleAfter && next.status === status;
    if (!isCertain) runs.push({ start: at + 1, isUp: likes });
  }
  return runs.flatMap(({ start, isUp }, index) => isUp ? [{ start, end: runs[index + 1]?.start ?? Infinity }] : []);
}
