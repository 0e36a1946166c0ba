import type { Transaction } from "../connection/client.ts";
import { plainArray, StagedStores, type Staging, takeTurn } from "./staging.ts";
import { lockStores } from "./stores.ts";

/** What a row of hours says of its store. */
export interface StagedHours {
  readonly storeId: string;
  /** The local date from which they hold; undefined: they have no beginning. */
  readonly validFrom: string | undefined;
  /** None if the row says that a weekday is closed. */
  readonly openings: readonly StagedOpening[];
}

export interface StagedOpening {
  /** 0 = Monday … 6 = Sunday */
  readonly day: number;
  /** `HH:MM[:SS[.ffffff]]`, below 24:00. */
  readonly start: string;
  /** The same, or 24:00. */
  readonly end: string;
}

/**
 * Prepares to load a file of business hours. For each store that has no rejected row, they replace its versions from the earliest
 * one in the file on. A store with a rejected row keeps what it has: a week that lacks a day looks like a week with a closed day.
 *
 * A version whose rows all say closed has no row in `business_hours`.
 */
export async function stageHours(tx: Transaction): Promise<Staging<StagedHours>> {
  const stores = await StagedStores.create(tx);
  await tx`create temporary table staged_rows (number integer, line bigint, valid_from date) on commit drop`;
  await tx`
    create temporary table staged_hours (number integer, valid_from date, day smallint, start_time time, end_time time)
    on commit drop`;
  return {
    kind: "hours",
    goodRows: tx`
      select number from staged_rows join staged_stores using (number) where store_id not in (
        select store_id from staged_faults join staged_stores using (number)
      )`,
    stores,
    rejectOthers: (importId, idColumn) => rejectOthers(tx, importId, idColumn),
    async add(rows, lines) {
      // Each row, even if it opens nothing.
      await tx`
        insert into staged_rows (number, line, valid_from)
        select * from unnest(
          ${await stores.number(rows)}::integer[], ${plainArray(lines)}::bigint[], ${beginnings(rows)}::date[])`;
      const openings = rows.flatMap(({ openings, ...row }) => openings.map((opening) => ({ ...row, ...opening })));
      await tx`
        insert into staged_hours (number, valid_from, day, start_time, end_time)
        select * from unnest(
          ${await stores.number(openings)}::integer[],
          ${beginnings(openings)}::date[],
          ${plainArray(openings.map(({ day }) => day))}::smallint[],
          ${plainArray(openings.map(({ start }) => start))}::time[],
          ${plainArray(openings.map(({ end }) => end))}::time[])`;
    },
    async merge() {
      await takeTurn(tx, "hours");
      await stores.provide();
      await lockStores(tx, tx`select store_key from staged_keys`);
      await tx`
        create temporary table staged_versions on commit drop as
        select distinct store_key, valid_from, min(valid_from) over (partition by store_key) as first
        from staged_rows join staged_keys using (number) where not faulty`;
      return await deleteOthers(tx) + await insertStaged(tx) + await deleteVersions(tx) + await insertVersions(tx);
    },
  };
}

function beginnings(rows: readonly Pick<StagedHours, "validFrom">[]): string {
  return plainArray(rows.map(({ validFrom = "-infinity" }) => validFrom));
}

/** If one row of a store is rejected, all are. Otherwise a day would be lost silently. */
async function rejectOthers(tx: Transaction, importId: string, idColumn: string): Promise<number> {
  const { count } = await tx`
    insert into rejects (import_id, line, column_name, value, reason, code, cause_line)
    select ${importId}, staged_rows.line, ${idColumn}, store_id,
      'is a store with a bad row on line ' || cause_line || ', so none of its rows in this file is used',
      'store_has_bad_row', cause_line
    from staged_rows join staged_stores using (number) join (
      select store_id, min(line) as cause_line from staged_faults join staged_stores using (number) group by store_id
    ) faulty using (store_id)`;
  return count;
}

async function deleteOthers(tx: Transaction): Promise<number> {
  const { count } = await tx`
    delete from business_hours using (select distinct store_key, first from staged_versions) replaced
    where business_hours.store_key = replaced.store_key and valid_from >= first and not exists (
      select from staged_hours join staged_keys using (number)
      where staged_keys.store_key = business_hours.store_key
        and (staged_hours.valid_from, staged_hours.day, staged_hours.start_time, staged_hours.end_time)
          = (business_hours.valid_from, business_hours.day, business_hours.start_time, business_hours.end_time))`;
  return count;
}

async function insertStaged(tx: Transaction): Promise<number> {
  const { count } = await tx`
    insert into business_hours (store_key, valid_from, day, start_time, end_time)
    select distinct store_key, valid_from, day, start_time, end_time
    from staged_hours join staged_keys using (number)
    where not faulty
    order by store_key, valid_from, day, start_time, end_time
    on conflict do nothing`;
  return count;
}

async function deleteVersions(tx: Transaction): Promise<number> {
  const { count } = await tx`
    delete from hours_versions using (select distinct store_key, first from staged_versions) replaced
    where hours_versions.store_key = replaced.store_key and valid_from >= first and not exists (
      select from staged_versions
      where (staged_versions.store_key, staged_versions.valid_from) = (hours_versions.store_key, hours_versions.valid_from))`;
  return count;
}

/** Those that have rows are there already: the others are closed. */
async function insertVersions(tx: Transaction): Promise<number> {
  const { count } = await tx`
    insert into hours_versions (store_key, valid_from)
    select store_key, valid_from from staged_versions order by store_key, valid_from on conflict do nothing`;
  return count;
}
