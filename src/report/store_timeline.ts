import type { Sql } from "../db/client.ts";
import { latestPoll } from "../db/polls.ts";
import { readStore } from "../db/store_timeline.ts";
import type { WeeklyHours } from "../domain/business_hours.ts";
import type { Interval, Micros } from "../domain/interval.ts";
import { type MethodName, METHODS } from "../domain/method.ts";
import { type Timeline, timeline } from "../domain/timeline.ts";
import type { Timezone } from "../domain/timezone.ts";
import type { ZoneRules } from "../domain/zone_rules.ts";
import { Timezones } from "./timezones.ts";

/** What a timeline is made of. */
export interface TimelineDeps {
  readonly sql: Sql;
  readonly rules: ZoneRules;
}

export interface TimelineRequest {
  /** The latest poll of all stores if not given. */
  readonly asOf: Micros | undefined;
  readonly method: MethodName;
  /** The report's week if not given. */
  readonly span?: Interval | undefined;
}

/** What is known of a store, whether or not its hours can be placed in time. */
interface StoreFacts {
  readonly storeId: string;
  readonly hours: WeeklyHours;
  readonly asOf: Micros;
  readonly method: MethodName;
  /** The store's own, up to as-of. */
  readonly firstPoll: Micros | undefined;
}

export interface StoreTimeline extends StoreFacts, Timeline {
  readonly timezone: Timezone;
  /** Whether none is known, so that the default counts. */
  readonly isDefaultTimezone: boolean;
}

/** A store whose zone the rules do not know: a report has no row for it, and there is no timeline. */
export interface UnplacedStore extends StoreFacts {
  readonly timezoneName: string;
  /** What a report says of it. */
  readonly zoneError: RangeError;
}

export function isUnplaced(store: StoreTimeline | UnplacedStore): store is UnplacedStore {
  return "zoneError" in store;
}

/** Lays out what a report's numbers of one store are made of; undefined if there is no such store. */
export async function storeTimeline(
  { sql, rules }: TimelineDeps,
  storeId: string,
  { asOf: asked, method, span }: TimelineRequest,
): Promise<StoreTimeline | UnplacedStore | undefined> {
  // A store without a poll anywhere still has hours to be looked at.
  const asOf = asked ?? await latestPoll(sql) ?? 0;
  const store = await readStore(sql, storeId, asOf);
  if (store === undefined) return undefined;
  const { hours, polls } = store;
  const facts = { storeId, hours, asOf, method, firstPoll: polls.instants[0] };
  const timezone = new Timezones(rules).of(store);
  if (timezone instanceof RangeError) return { ...facts, timezoneName: store.timezone ?? "", zoneError: timezone };
  return {
    ...facts,
    timezone,
    isDefaultTimezone: store.timezone === undefined,
    ...timeline({ timezone, hours, polls }, { asOf, method: METHODS[method], span }),
  };
}
