import type { Transaction } from "../connection/client.ts";
import { plainArray, StagedStores, type Staging, takeTurn } from "./staging.ts";
import { lockStores } from "./stores.ts";

/** What a row of hours says of its store. */
export interface StagedHours {
  readonly storeId: string;
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
 * Prepares to load a file of business hours. They replace all hours of each store that has no rejected row. A store with a
 * rejected row keeps what it has: a week that lacks a day looks like a week with a closed day.
 *
 * A store whose rows all say closed has no row in `business_hours`. Its `stores.hours` is then empty, and not null as it is
 * for a store of which no hours are known.
 */
export async function stageHours(tx: Transaction): Promise<Staging<StagedHours>> {
  const stores = await StagedStores.create(tx);
  await tx`create temporary table staged_rows (number integer, line bigint) on commit drop`;
  await tx`
    create temporary table staged_hours (number integer, day smallint, start_time time, end_time time) on commit drop`;
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
        insert into staged_rows (number, line)
        select * from unnest(${await stores.number(rows)}::integer[], ${plainArray(lines)}::bigint[])`;
      const openings = rows.flatMap(({ storeId, openings }) => openings.map((opening) => ({ storeId, ...opening })));
      await tx`
        insert into staged_hours (number, day, start_time, end_time)
        select * from unnest(
          ${await stores.number(openings)}::integer[],
          ${plainArray(openings.map(({ day }) => day))}::smallint[],
          ${plainArray(openings.map(({ start }) => start))}::time[],
          ${plainArray(openings.map(({ end }) => end))}::time[])`;
    },
    async merge() {
      await takeTurn(tx, "hours");
      await stores.provide();
      await lockStores(tx, tx`select store_key from staged_keys`);
      return await deleteOthers(tx) + await insertStaged(tx) + await closeOthers(tx);
    },
  };
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
    delete from business_hours
    where store_key in (select store_key from staged_keys where not faulty) and not exists (
      select from staged_hours join staged_keys using (number)
      where staged_keys.store_key = business_hours.store_key
        and (staged_hours.day, staged_hours.start_time, staged_hours.end_time)
          = (business_hours.day, business_hours.start_time, business_hours.end_time))`;
  return count;
}

async function insertStaged(tx: Transaction): Promise<number> {
  const { count } = await tx`
    insert into business_hours (store_key, day, start_time, end_time)
    select distinct store_key, day, start_time, end_time
    from staged_hours join staged_keys using (number)
    where not faulty
    order by store_key, day, start_time, end_time
    on conflict do nothing`;
  return count;
}

/** Every store that is not faulty has a good row: those that still have no hours are closed all week. */
async function closeOthers(tx: Transaction): Promise<number> {
  const { count } = await tx`
    update stores set hours = ''
    where hours is null and store_key in (select store_key from staged_keys where not faulty)`;
  return count;
}
