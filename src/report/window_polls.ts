import type { Transaction } from "../db/connection/client.ts";
import { type DaySpan, readStoresOn, type StoreRecord } from "../db/polls/poll_days.ts";
import type { StoreRange } from "../db/stores/stores.ts";
import { zonesWithin } from "../db/tags/store_ranges.ts";
import { holdsBeyondReach } from "../domain/polls/reach.ts";
import type { Measuring } from "../domain/report_request.ts";
import { isByCalendar } from "../domain/time/asked_window.ts";
import { DAY, type Micros } from "../domain/time/interval.ts";
import { type Timezone, UTC } from "../domain/time/timezone.ts";
import { daysToRead } from "./days_to_read.ts";
import { readBeginnings } from "./earlier_days.ts";
import type { Timezones } from "./timezones.ts";

/** The stores of a chunk, and how they are measured. */
interface Reading {
  readonly range: StoreRange;
  readonly measuring: Measuring;
}

/** A store with the polls that its windows need. */
export interface PolledStore extends StoreRecord {
  /** As `Result.pollAge` has it. */
  readonly pollAge: Micros;
}

/**
 * Reads the stores of a chunk, with their polls of the windows and of some hours around them, by whole days. For stores that no poll there
 * says anything about when a window begins, older days are read, however old.
 */
export async function readWindows(
  tx: Transaction,
  { range, measuring }: Reading,
  timezones: Timezones,
): Promise<PolledStore[]> {
  const { asOf, method } = measuring;
  const days = daysToRead(measuring, await zonesThatCount(tx, { range, measuring }, timezones));
  const found = await readStoresOn(tx, range, { days, asOf });
  // Where a poll does not count for long, these polls say what holds when the windows begin.
  const stores = holdsBeyondReach(method) ? await readBeginnings(tx, found, { days, measuring, timezones }) : found;
  return stores.map((store) => ({ ...store, pollAge: pollAge(store, days, asOf) }));
}

/** The zones by which the windows of some stores differ. Without windows by calendar any zone says the same. */
async function zonesThatCount(
  tx: Transaction,
  { range, measuring: { windows, calendar } }: Reading,
  timezones: Timezones,
): Promise<Timezone[]> {
  if (calendar !== undefined || !windows.some(isByCalendar)) return [UTC];
  return (await zonesWithin(tx, range)).flatMap((name) => {
    const timezone = timezones.of({ timezone: name });
    // A store whose zone is unknown has no row.
    return timezone instanceof RangeError ? [] : [timezone];
  });
}

/** Between two spans of days, nobody knows of later polls. */
function pollAge({ polls: { instants } }: StoreRecord, days: readonly DaySpan[], asOf: Micros): Micros {
  const last = instants.at(-1) ?? -Infinity;
  const readFrom = days.length === 1 ? -Infinity : (days.at(-1)?.first ?? NaN) * DAY;
  return last >= readFrom ? asOf - last : Infinity;
}
