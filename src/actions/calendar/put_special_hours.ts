import type { AuditEntry } from "../../db/audit/audit.ts";
import { getSpecialDate, putSpecialDate, type SpecialDate } from "../../db/calendars/special_hours.ts";
import { clearMarks } from "../../db/imports/marks.ts";
import type { StagedTimes } from "../../db/stores/stage_special_hours.ts";
import { takeTurn } from "../../db/stores/staging.ts";
import { DATE_OF_CALENDAR } from "../../ingest/values/date.ts";
import { REASON } from "../../ingest/values/short_text.ts";
import { specialTimes } from "../../ingest/values/special_times.ts";
import { audited, type Check, difference } from "../audited.ts";
import type { ActionContext } from "../context.ts";
import { MOST_OPENINGS, readTimes } from "./read_times.ts";
import { readValue } from "./read_value.ts";
import { lockStoreOrAll } from "./store_key.ts";
import { invalid } from "../refusal.ts";

/** A date of a store. `*` as the id of the store: a rule for all stores, also for those that come later. */
export interface DateOfStore {
  readonly storeId: string;
  /** `2026-12-25` */
  readonly date: string;
}

export interface GivenSpecialHours {
  /** Two times of day each, from 00:00 to 47:59. None: closed all day. */
  readonly openings: readonly StagedTimes[];
  readonly reason?: string | undefined;
  readonly check?: Check<SpecialDate | undefined> | undefined;
}

export interface PutSpecialHours {
  readonly special: SpecialDate;
  /** Whether the date had none before. */
  readonly isNew: boolean;
}

/**
 * Puts opening times of one date in place of the weekly ones.
 *
 * @throws {Refusal} `unknown-store` or `invalid`
 */
export async function putSpecialHours(
  context: ActionContext,
  { storeId, date: given }: DateOfStore,
  { openings, reason = "", check = () => {} }: GivenSpecialHours,
): Promise<PutSpecialHours> {
  const date = readValue(DATE_OF_CALENDAR, "date", given);
  const wanted = { date, openings: readOpenings(openings), reason: readValue(REASON, "reason", reason) || undefined };
  return await audited(context, async (tx) => {
    await takeTurn(tx, "special-hours");
    const { key, stores } = await lockStoreOrAll(tx, storeId);
    const before = await getSpecialDate(tx, key, date);
    check(before);
    await putSpecialDate(tx, key, wanted);
    await clearMarks(tx, "special-hours", [key]);
    const special = await getSpecialDate(tx, key, date) ?? wanted;
    const change = difference(auditedDate(before), auditedDate(special));
    const entry: AuditEntry = { action: "special_hours.put", stores, ...dated(date, change) };
    return { result: { special, isNew: before === undefined }, entry: change && entry };
  });
}

function readOpenings(openings: readonly StagedTimes[]): StagedTimes[] {
  if (openings.length > MOST_OPENINGS) {
    throw invalid({ field: "openings", value: openings.length, reason: `must have at most ${MOST_OPENINGS} openings` });
  }
  return openings.map((times, index) => readTimes(times, `openings.${index}`, specialTimes));
}

/** Special hours as the audit keeps them. */
export function auditedDate(special: SpecialDate | undefined): Record<string, unknown> {
  return special === undefined ? {} : { openings: special.openings, reason: special.reason ?? null };
}

/** Says of which date a change is. */
export function dated(
  date: string,
  change: ReturnType<typeof difference>,
): Pick<AuditEntry, "before" | "after"> {
  return { before: { date, ...change?.before }, after: { date, ...change?.after } };
}
