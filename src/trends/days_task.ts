import type { Snapshot } from "../db/postgres/snapshot.ts";
import type { MonthColumns } from "../db/trends/trend_months.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { Dates } from "../domain/trends/local_dates.ts";

/** Some dates of some stores, and all that is needed to sum them up. Can be posted to a worker. */
export interface DaysTask {
  readonly keys: readonly number[];
  readonly dates: Dates;
  readonly snapshot: Snapshot;
  /** Not before the end of any of the dates. */
  readonly asOf: Micros;
  /** The release of the zone rules. */
  readonly tzdata: string;
}

/** Turns a task into the months of its stores, with the dates in their places. */
export type ComputeDays = (task: DaysTask) => Promise<MonthColumns>;
