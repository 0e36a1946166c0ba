/**
 * All measures to the microsecond, in whole numbers without limit: time is cut wherever anything at all could begin or end, and each
 * piece is judged by its first instant. Takes each axis of a method by itself, not the presets alone.
 */
import type { Measures } from "../../src/domain/measures/measures.ts";
import type { Method } from "../../src/domain/method.ts";
import type { StoreParts } from "../support/build.ts";
import { type Counts, type Ends, exclusionsOf, openingsAround } from "../support/slow_reference.ts";

const HOUR = 3_600_000_000n;
const HALF_HOUR = HOUR / 2n;

/** What decides measures beside the store. Lengths and instants in microseconds. */
export interface Question {
  readonly asOf: number;
  readonly method: Method;
  readonly staleAfter?: number;
  readonly exclusions?: readonly { readonly start: number; readonly end: number }[];
}

interface Heard {
  readonly at: bigint;
  readonly active: boolean;
}

/** Everything that is known, in whole numbers without limit. */
interface World {
  readonly method: Method;
  readonly stale: bigint;
  readonly openings: readonly Ends[];
  readonly exclusions: readonly Ends[];
  readonly known: readonly Heard[];
  readonly used: readonly Heard[];
}

/** Up and down of the hour, the day and the week. */
export function exactRow(store: StoreParts, asOf: number, method: Method): Counts {
  const [hour, day, week] = exactMeasures(store, { asOf, method }).map(({ up, down }) => ({ up, down }));
  const none = { up: NaN, down: NaN };
  return { hour: hour ?? none, day: day ?? none, week: week ?? none };
}

/** The measures of the hour, the day and the week. */
export function exactMeasures(store: StoreParts, question: Question): Measures[] {
  const now = BigInt(question.asOf);
  const { windowsEnd } = question.method;
  const end = windowsEnd === "full hour" ? now - (((now % HOUR) + HOUR) % HOUR) : now;
  return exactMeasuresIn(store, question, [1n, 24n, 168n].map((hours) => ({ start: end - hours * HOUR, end })));
}

/** The measures of some windows, none of which ends after as-of. */
export function exactMeasuresIn(store: StoreParts, question: Question, windows: readonly Ends[]): Measures[] {
  const now = BigInt(question.asOf);
  const first = windows.reduce((earliest, { start }) => (start < earliest ? start : earliest), now);
  const span = { start: first - 2n * HOUR, end: now };
  const pieces = piecesOf(worldOf(store, question, span), span);
  return windows.map((window) => measured(pieces, window));
}

function worldOf(store: StoreParts, question: Question, { start, end: now }: Ends): World {
  const { method, staleAfter = 7_200_000_000, exclusions = [] } = question;
  const known = store.polls.map(({ at, status }) => ({ at: BigInt(at), active: status === "active" }))
    .filter(({ at }) => at <= now);
  const isHeard = ({ at }: Heard) => isOpen(openingsAround(store, toSecond(at), toSecond(at)), at);
  return {
    method,
    stale: BigInt(staleAfter),
    openings: openingsAround(store, toSecond(start), toSecond(now)),
    exclusions: [
      ...exclusions.map(({ start, end }) => ({ start: BigInt(start), end: BigInt(end) })),
      ...exclusionsOf(store),
    ],
    known: oneAnInstant(known),
    used: method.pollsUsed === "all" ? known : known.filter(isHeard),
  };
}

/** Ascending; of two at one instant the inactive one. */
function oneAnInstant(polls: readonly Heard[]): Heard[] {
  const instants = [...new Set(polls.map(({ at }) => at))].sort((a, b) => (a < b ? -1 : 1));
  return instants.map((at) => ({ at, active: polls.every((poll) => poll.at !== at || poll.active) }));
}

interface Piece extends Ends {
  /** Whether it belongs to scheduled time, or would without exclusions. */
  readonly counts: "scheduled" | "excluded" | "not";
  /** What polls alone say. */
  readonly said: "up" | "down" | undefined;
  readonly verdict: "up" | "down" | "unknown";
  readonly observed: boolean;
  readonly certain: "up" | "down" | undefined;
  /** Which outage it belongs to, if what polls say makes it part of one. */
  readonly outage: number;
}

function piecesOf(world: World, { start: from, end: now }: Ends): Piece[] {
  const ends = [...world.openings, ...world.exclusions].flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([from, now, ...ends, ...pollCuts(world)])]
    .filter((cut) => from <= cut && cut <= now)
    .sort((a, b) => (a < b ? -1 : 1));
  const pieces: Piece[] = [];
  for (const [index, end] of cuts.slice(1).entries()) {
    const start = cuts[index] ?? end;
    const piece = judge(world, start);
    const before = pieces.at(-1);
    const begins = piece.said === "down" && before?.said !== "down";
    pieces.push({ start, end, ...piece, outage: (before?.outage ?? 0) + (begins ? 1 : 0) });
  }
  return pieces;
}

function judge(world: World, instant: bigint): Omit<Piece, "start" | "end" | "outage"> {
  const { method, used } = world;
  const open = isOpen(world.openings, instant);
  const included = open || method.closed === "uptime";
  const excluded = world.exclusions.some(({ start, end }) => start <= instant && instant < end);
  const speaker = speakerAt(world, instant);
  const said = speaker === undefined ? undefined : speaker.active ? "up" : "down";
  const assumed = method.unobserved === "uptime" ? "up" : "unknown";
  return {
    counts: !included ? "not" : excluded ? "excluded" : "scheduled",
    said,
    verdict: open ? said ?? assumed : "up",
    observed: used.some((poll) => reaches(world, poll, instant)),
    certain: open ? certainAt(world, instant) : "up",
  };
}

/** Where a poll begins to count, where it ends, and the middle between any two. */
function pollCuts({ known, stale }: World): bigint[] {
  return known.flatMap(({ at }) => [
    at,
    at + stale,
    at - HALF_HOUR,
    at + HALF_HOUR,
    ...known.flatMap((other) => [(at + other.at) / 2n, (at + other.at) / 2n + 1n]),
  ]);
}

function speakerAt(world: World, instant: bigint): Heard | undefined {
  const { used, method } = world;
  if (method.pollSpeaksFor === "30 minutes around") {
    const near = used.filter((poll) => reaches(world, poll, instant));
    return best(near, ({ at }) => (at > instant ? at - instant : instant - at));
  }
  const last = best(used.filter(({ at }) => at <= instant), ({ at }) => instant - at);
  const isFresh = last !== undefined && instant - last.at < world.stale;
  return method.pollSpeaksFor === "until next poll" || isFresh ? last : undefined;
}

function reaches({ method, stale }: World, { at }: Heard, instant: bigint): boolean {
  return method.pollSpeaksFor === "30 minutes around"
    ? at - HALF_HOUR <= instant && instant < at + HALF_HOUR
    : at <= instant && instant < at + stale;
}

function certainAt({ known, stale }: World, instant: bigint): "up" | "down" | undefined {
  const next = known.find(({ at }) => at > instant);
  const last = known.findLast(({ at }) => at <= instant);
  if (next === undefined || last === undefined || next.at - last.at > stale) return undefined;
  return next.active !== last.active ? undefined : last.active ? "up" : "down";
}

/** The one at the least distance; among equals the later one; among those the inactive one. */
function best(polls: readonly Heard[], distance: (poll: Heard) => bigint): Heard | undefined {
  const order = (a: Heard, b: Heard) => {
    if (distance(a) !== distance(b)) return distance(a) < distance(b) ? -1 : 1;
    if (a.at !== b.at) return a.at > b.at ? -1 : 1;
    return Number(a.active) - Number(b.active);
  };
  return polls.toSorted(order)[0];
}

function measured(pieces: readonly Piece[], window: Ends): Measures {
  const total = (holds: (piece: Piece) => boolean) =>
    Number(pieces.reduce((sum, piece) => sum + (holds(piece) ? within(piece, window) : 0n), 0n));
  const counted = (holds: (piece: Piece) => boolean) => total((piece) => piece.counts === "scheduled" && holds(piece));
  const isDown = ({ verdict }: Piece) => verdict === "down";
  const outages = [...new Set(pieces.map(({ outage }) => outage))]
    .map((outage) => counted((piece) => isDown(piece) && piece.outage === outage))
    .filter((length) => length > 0);
  return {
    scheduled: counted(() => true),
    excluded: total(({ counts }) => counts === "excluded"),
    up: counted(({ verdict }) => verdict === "up"),
    down: counted(isDown),
    unknown: counted(({ verdict }) => verdict === "unknown"),
    observed: counted(({ observed }) => observed),
    up_low: counted(({ certain }) => certain === "up"),
    up_high: counted(({ certain }) => certain !== "down"),
    outages: outages.length,
    longest_outage: Math.max(0, ...outages),
  };
}

function within({ start, end }: Ends, window: Ends): bigint {
  const length = (end < window.end ? end : window.end) - (start > window.start ? start : window.start);
  return length > 0n ? length : 0n;
}

function isOpen(ends: readonly Ends[], instant: bigint): boolean {
  return ends.some(({ start, end }) => start <= instant && instant < end);
}

function toSecond(micros: bigint): number {
  return Number(micros / 1_000_000n);
}
