/** The state of a store as one would work it out with a pencil, without a line of src/domain. For inputs in whole seconds. */
import type { Micros } from "../../src/domain/time/interval.ts";
import type { StoreState } from "../../src/domain/store_state.ts";
import type { StoreParts } from "./build.ts";
import { exclusionsOf, lastPoll, opensAt } from "./slow_reference.ts";

const MICROS = 1_000_000;
const DAY = 86_400;
const TWO_WEEKS = 14 * DAY;

export function slowState(store: StoreParts, asOf: Micros): StoreState {
  const now = asOf / MICROS;
  const polls = store.polls.map(({ at, status }) => ({ second: at / MICROS, active: status === "active" }));
  const isOpen = countsAt(store, now);
  const last = lastPoll(polls, now);
  const latestPoll = last && { active: last.active, at: last.second * MICROS };
  const downToday = countDown(midnightBefore(now, store.zone), now);
  if (!isOpen(now)) {
    return { state: "closed", since: closedSince(), downToday, latestPoll };
  }
  if (last === undefined || last.second < now - DAY) {
    return { state: "silent", since: latestPoll?.at, downToday, latestPoll };
  }
  return { state: last.active ? "up" : "down", since: firstOfRun(last.active) * MICROS, downToday, latestPoll };

  function countDown(from: number, to: number): Micros {
    let seconds = 0;
    for (let second = from; second < to; second++) {
      if (isOpen(second) && lastPoll(polls, second)?.active === false) {
        seconds++;
      }
    }
    return seconds * MICROS;
  }

  /** Goes back from poll to poll as long as they say the same. */
  function firstOfRun(active: boolean): number {
    let first = now;
    for (
      let poll = last;
      poll?.active === active;
      poll = lastPoll(polls, first - 1)
    ) first = poll.second;
    return first;
  }

  function closedSince(): Micros | undefined {
    for (let second = now - 1; second >= now - TWO_WEEKS; second--) {
      if (isOpen(second)) return (second + 1) * MICROS;
    }
    return undefined;
  }
}

/** Whether a store is open at a second, and not excluded. */
function countsAt(store: StoreParts, now: number): (second: number) => boolean {
  const isOpen = opensAt(store, now - TWO_WEEKS - DAY, now);
  const exclusions = exclusionsOf(store).map(({ start, end }) => [Number(start) / MICROS, Number(end) / MICROS]);
  return (second) => isOpen(second) && !exclusions.some(([start = 0, end = 0]) => start <= second && second < end);
}

/** The first second of a local date. */
function midnightBefore(now: number, zone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(now * 1000)
    .toZonedDateTimeISO(zone);
  const midnight = local.toPlainDate().toPlainDateTime("00:00").toZonedDateTime(zone, { disambiguation: "compatible" });
  return midnight.epochMilliseconds / 1000;
}
