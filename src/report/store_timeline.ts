import type { Sql } from "../db/client.ts";
import { latestPoll } from "../db/polls.ts";
import { readStore } from "../db/store_timeline.ts";
import type { BusinessHours } from "../domain/business_hours.ts";
import type { Interval, Micros } from "../domain/interval.ts";
import { type MethodName, METHODS } from "../domain/method.ts";
import { type Timeline, timeline } from "../domain/timeline.ts";
import { DEFAULT_TIMEZONE, openTimezone, type Timezone } from "../domain/timezone.ts";

export interface TimelineRequest {
  /** The latest poll of all stores if not given. */
  readonly asOf: Micros | undefined;
  readonly method: MethodName;
  /** The report's week if not given. */
  readonly span?: Interval | undefined;
}

export interface StoreTimeline extends Timeline {
  readonly storeId: string;
  readonly timezone: Timezone;
  /** Whether none is known, so that the default counts. */
  readonly isDefaultTimezone: boolean;
  readonly hours: readonly BusinessHours[];
  readonly asOf: Micros;
  readonly method: MethodName;
}

/** Lays out what a report's numbers of one store are made of; undefined if there is no such store. */
export async function storeTimeline(
  sql: Sql,
  storeId: string,
  { asOf: asked, method, span }: TimelineRequest,
): Promise<StoreTimeline | undefined> {
  // A store without a poll anywhere still has hours to be looked at.
  const asOf = asked ?? await latestPoll(sql) ?? 0;
  const store = await readStore(sql, storeId, asOf);
  if (store === undefined) return undefined;
  const timezone = openTimezone(store.timezone ?? DEFAULT_TIMEZONE);
  return {
    storeId,
    timezone,
    isDefaultTimezone: store.timezone === undefined,
    hours: store.hours,
    asOf,
    method,
    ...timeline({ timezone, hours: store.hours, polls: store.polls }, { asOf, method: METHODS[method], span }),
  };
}
