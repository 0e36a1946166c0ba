import type { Sql } from "../db/connection/client.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import { readStore } from "../db/polls/poll_days.ts";
import { transaction } from "../db/postgres/transaction.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { OpeningRules, StoredRules } from "../domain/openings/opening_rules.ts";
import { measuringOf, type ReportRequest, type ResolvedRequest } from "../domain/report_request.ts";
import { type ChooseSpan, type Timeline, timeline } from "../domain/timeline.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { Timezones } from "./timezones.ts";

/** What a timeline is made of. */
export interface TimelineDeps {
  readonly sql: Sql;
  readonly zoneRules: ZoneRules;
}

/** What is known of a store, whether or not its hours can be placed in time. */
interface TimelineFacts {
  readonly storeId: string;
  readonly stored: StoredRules;
  readonly request: ResolvedRequest;
  /** The store's own, up to as-of. */
  readonly firstPoll: Micros | undefined;
}

export interface StoreTimeline extends TimelineFacts, Timeline {
  readonly openingRules: OpeningRules;
}

/** A store whose zone the rules do not know: a report has no row for it, and there is no timeline. */
export interface UnplacedStore extends TimelineFacts {
  /** What a report says of it. */
  readonly zoneError: RangeError;
}

export function isUnplaced(store: StoreTimeline | UnplacedStore): store is UnplacedStore {
  return "zoneError" in store;
}

/**
 * Lays out what a report's numbers of one store are made of.
 *
 * @param chooseSpan the span to show; that of all windows if not given
 * @returns undefined if the store does not exist
 */
export async function storeTimeline(
  { sql, zoneRules }: TimelineDeps,
  { storeId, request: asked }: { storeId: string; request: ReportRequest },
  chooseSpan?: ChooseSpan,
): Promise<StoreTimeline | UnplacedStore | undefined> {
  // A store without a poll anywhere still has hours to be looked at.
  const request = { ...asked, asOf: asked.asOf ?? await latestPoll(sql) ?? 0 };
  const store = await transaction(sql, (tx) => readStore(tx, storeId, request.asOf), "repeatable read read only");
  if (store === undefined) return undefined;
  const { rules: stored, polls } = store;
  const facts = { storeId, stored, request, firstPoll: polls.instants[0] };
  const openingRules = new Timezones(zoneRules).open(stored);
  if (openingRules instanceof RangeError) return { ...facts, zoneError: openingRules };
  return { ...facts, openingRules, ...timeline({ rules: openingRules, polls }, measuringOf(request), chooseSpan) };
}
