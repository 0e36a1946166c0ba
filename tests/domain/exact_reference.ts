/**
 * The report row to the microsecond, in whole numbers without limit: time is cut wherever anything at all could begin or
 * end, and each piece is judged by its first instant. Takes each axis of a method by itself, not the presets alone.
 */
import type { Method } from "../../src/domain/method.ts";
import type { StoreParts } from "../support/build.ts";
import { type Counts, type Ends, openingsAround } from "../support/slow_reference.ts";

const HOUR = 3_600_000_000n;
const HALF_HOUR = HOUR / 2n;

interface Heard {
  readonly at: bigint;
  readonly active: boolean;
}

export function exactRow(store: StoreParts, asOf: number, method: Method): Counts {
  const now = BigInt(asOf);
  const end = method.windowsEnd === "full hour" ? now - (((now % HOUR) + HOUR) % HOUR) : now;
  const pieces = piecesOf(store, now, method);
  const measure = (length: bigint) => sum(pieces, end - length, end);
  return { hour: measure(HOUR), day: measure(24n * HOUR), week: measure(168n * HOUR) };

  function sum(pieces: readonly Piece[], from: bigint, to: bigint): { up: number; down: number } {
    const total = { up: 0n, down: 0n };
    for (const { start, end, verdict } of pieces) {
      const length = (end < to ? end : to) - (start > from ? start : from);
      if (verdict !== undefined && length > 0n) total[verdict] += length;
    }
    return { up: Number(total.up), down: Number(total.down) };
  }
}

interface Piece extends Ends {
  readonly verdict: "up" | "down" | undefined;
}

function piecesOf(store: StoreParts, now: bigint, method: Method): Piece[] {
  const weekBefore = now - 170n * HOUR;
  const ends = openingsAround(store, toSecond(weekBefore), toSecond(now));
  const polls = pollsHeard(store, now, method);
  const cuts = [weekBefore, now, ...ends.flatMap(({ start, end }) => [start, end]), ...pollCuts(polls)]
    .filter((cut) => weekBefore <= cut && cut <= now)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? end;
    return { start, end, verdict: verdictAt(start, isOpen(store, ends, start), polls, method) };
  });
}

/** Where a poll begins to speak, where it ends, and the middle between any two. */
function pollCuts(polls: readonly Heard[]): bigint[] {
  return polls.flatMap(({ at }) => [
    at,
    at - HALF_HOUR,
    at + HALF_HOUR,
    ...polls.flatMap((other) => [(at + other.at) / 2n, (at + other.at) / 2n + 1n]),
  ]);
}

function verdictAt(instant: bigint, open: boolean, polls: readonly Heard[], method: Method): Piece["verdict"] {
  if (!open) return method.closed === "uptime" ? "up" : undefined;
  const speaker = method.pollSpeaksFor === "until next poll"
    ? best(polls.filter(({ at }) => at <= instant), ({ at }) => instant - at)
    : best(
      polls.filter(({ at }) => at - HALF_HOUR <= instant && instant < at + HALF_HOUR),
      ({ at }) => (at > instant ? at - instant : instant - at),
    );
  if (speaker === undefined) return method.unobserved === "uptime" ? "up" : undefined;
  return speaker.active ? "up" : "down";
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

function pollsHeard(store: StoreParts, now: bigint, method: Method): Heard[] {
  return store.polls.map(({ at, status }) => ({ at: BigInt(at), active: status === "active" }))
    .filter(({ at }) => at <= now)
    .filter(({ at }) =>
      method.pollsUsed === "all" || isOpen(store, openingsAround(store, toSecond(at), toSecond(at)), at)
    );
}

function isOpen({ hours }: StoreParts, ends: readonly Ends[], instant: bigint): boolean {
  return hours === undefined || ends.some(({ start, end }) => start <= instant && instant < end);
}

function toSecond(micros: bigint): number {
  return Number(micros / 1_000_000n);
}
