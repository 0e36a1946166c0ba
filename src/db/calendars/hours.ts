import type { Sql, Transaction } from "../connection/client.ts";
import type { StagedOpening } from "../stores/stage_hours.ts";
import { plainArray } from "../stores/staging.ts";

/** Weekly hours that hold from a local date on. */
export interface WeekVersion {
  /** Undefined: it has no beginning. */
  readonly validFrom: string | undefined;
  /** None: the store is closed. */
  readonly hours: readonly StagedOpening[];
}

/** All versions of a store's hours, in the order of their dates. */
export async function listVersions(sql: Sql | Transaction, storeKey: number): Promise<WeekVersion[]> {
  const rows = await sql<{ validFrom: string; day: number | null; start: string; end: string }[]>`
    select valid_from::text as "validFrom", day, start_time::text as start, end_time::text as "end"
    from hours_versions left join business_hours using (store_key, valid_from)
    where store_key = ${storeKey} order by valid_from, day, start_time, end_time`;
  const versions = Map.groupBy(rows, ({ validFrom }) => validFrom);
  return Array.from(versions, ([validFrom, hours]) => ({
    validFrom: validFrom === NO_BEGINNING ? undefined : validFrom,
    hours: hours.flatMap(({ day, start, end }) => day === null ? [] : [{ day, start, end }]),
  }));
}

const NO_BEGINNING = "-infinity";

/** Replaces the versions of a store from one on, as a file of hours does. No rows and no beginning: no hours are known then. */
export async function replaceVersions(
  tx: Transaction,
  storeKey: number,
  { validFrom = NO_BEGINNING, hours }: WeekVersion,
): Promise<void> {
  await tx`delete from hours_versions where store_key = ${storeKey} and valid_from >= ${validFrom}::text::date`;
  if (hours.length === 0 && validFrom !== NO_BEGINNING) {
    await tx`insert into hours_versions (store_key, valid_from) values (${storeKey}, ${validFrom}::text::date)`;
  }
  await tx`
    insert into business_hours (store_key, valid_from, day, start_time, end_time)
    select distinct ${storeKey}::integer, ${validFrom}::text::date, day, start_time, end_time from unnest(
      ${plainArray(hours.map(({ day }) => day))}::smallint[],
      ${plainArray(hours.map(({ start }) => start))}::time[],
      ${plainArray(hours.map(({ end }) => end))}::time[]
    ) as given (day, start_time, end_time)
    order by day, start_time, end_time`;
}
