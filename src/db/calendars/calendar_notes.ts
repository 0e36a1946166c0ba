import type { CalendarNotes, ExclusionNote } from "../../domain/openings/why_not.ts";
import type { Sql, Transaction } from "../connection/client.ts";

interface DateRow {
  readonly date: number;
  readonly reason: string | null;
  readonly isForAll: boolean;
}

/** What people wrote into the calendar of a store: its special dates and exclusions, and those of all stores. */
export async function readNotes(sql: Sql | Transaction, storeKey: number): Promise<CalendarNotes> {
  const [dates, exclusions] = await Promise.all([
    sql<DateRow[]>`
      select distinct on (date) days(date) as date, reason, rule_key = 0 as "isForAll" from special_hours
      where rule_key in (${storeKey}, 0) order by date, rule_key = 0`,
    sql<ExclusionNote[]>`
      select exclusion_id as "exclusionId", is_local as "isLocal", from_micros as from, to_micros as to, kind, reason,
        made_by as "madeBy", for_all as "isForAll"
      from exclusions
      where withdrawn_at is null and (
        for_all or exclusion_id in (select exclusion_id from exclusion_stores where store_key = ${storeKey}))
      order by from_micros, to_micros, exclusion_id`,
  ]);
  return {
    specialDates: new Map(dates.map(({ reason, ...row }) => [row.date, { ...row, reason: reason ?? undefined }])),
    exclusions,
  };
}
