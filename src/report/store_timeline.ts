import type { Sql } from "../db/connection/client.ts";
import { readNotes } from "../db/calendars/calendar_notes.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import { readStore } from "../db/polls/poll_days.ts";
import { transaction } from "../db/postgres/transaction.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { OpeningRules, StoredRules } from "../domain/openings/opening_rules.ts";
import { measuringOf, type ReportRequest, type ResolvedRequest } from "../domain/report_request.ts";
import type { Piece } from "../domain/piece.ts";
import { type ChooseSpan, type Timeline, timeline, type WindowPieces } from "../domain/timeline.ts";
import { type CalendarNotes, explained, type ExplainedPiece } from "../domain/openings/why_not.ts";
import { openTimezone } from "../domain/time/timezone.ts";
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
  readonly notes: CalendarNotes;
  readonly pieces: readonly ExplainedPiece[];
  readonly windows: readonly ExplainedWindow[];
}

/** One of a report's windows, with the reasons for what does not count. */
export interface ExplainedWindow extends WindowPieces {
  readonly pieces: readonly ExplainedPiece[];
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
  const store = await readNotedStore(sql, storeId, request.asOf);
  if (store === undefined) return undefined;
  const { rules: stored, polls, notes } = store;
  const facts = { storeId, stored, request, firstPoll: polls.instants[0] };
  const openingRules = new Timezones(zoneRules).open(stored);
  if (openingRules instanceof RangeError) return { ...facts, zoneError: openingRules };
  const calendar = request.calendar === undefined ? undefined : openTimezone(request.calendar, zoneRules);
  const time = timeline({ rules: openingRules, polls }, measuringOf(request, calendar), chooseSpan);
  const explain = (pieces: readonly Piece[]) => explained(pieces, openingRules, notes);
  const windows = time.windows.map((window) => ({ ...window, pieces: explain(window.pieces) }));
  return { ...facts, openingRules, notes, ...time, pieces: explain(time.pieces), windows };
}

/** Reads a store and the notes of its calendar in one snapshot. */
async function readNotedStore(sql: Sql, storeId: string, asOf: Micros) {
  return await transaction(sql, async (tx) => {
    const store = await readStore(tx, storeId, asOf);
    return store && { ...store, notes: await readNotes(tx, store.storeKey) };
  }, "repeatable read read only");
}
