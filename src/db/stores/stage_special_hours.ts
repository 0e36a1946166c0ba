import type { Transaction } from "../connection/client.ts";
import { ALL_STORES, plainArray, StagedStores, type Staging, takeTurn } from "./staging.ts";
import { lockStores } from "./stores.ts";

/** What a row of special hours says of a date. */
export interface StagedSpecialHours {
  /** `*`: a rule for all stores. */
  readonly storeId: string;
  readonly date: string;
  /** Undefined if the row says that the date is closed. */
  readonly times: StagedTimes | undefined;
  /** May be empty. */
  readonly reason: string;
}

/** Two times of day, below 48:00. */
export interface StagedTimes {
  readonly start: string;
  readonly end: string;
}

/** Prepares to load a file of special hours. The rows of a store and date replace what was known of that date. */
export async function stageSpecialHours(tx: Transaction): Promise<Staging<StagedSpecialHours>> {
  const stores = await StagedStores.create(tx, { canNameAll: true });
  await tx`
    create temporary table staged_special (
      position bigint generated always as identity, number integer, line bigint, date date,
      start_time interval, end_time interval, reason text
    ) on commit drop`;
  return {
    kind: "special-hours",
    goodRows: tx`select number from staged_special`,
    stores,
    rejectOthers: (importId, idColumn) => rejectClosed(tx, importId, idColumn),
    async add(rows, lines) {
      await tx`
        insert into staged_special (number, line, date, start_time, end_time, reason)
        select number, line, date, start_time, end_time, nullif(reason, '') from unnest(
          ${await stores.number(rows)}::integer[],
          ${plainArray(lines)}::bigint[],
          ${plainArray(rows.map(({ date }) => date))}::date[],
          ${plainArray(rows.map(({ times }) => times?.start ?? "null"))}::interval[],
          ${plainArray(rows.map(({ times }) => times?.end ?? "null"))}::interval[],
          ${rows.map(({ reason }) => reason)}::text[]
        ) with ordinality as special (number, line, date, start_time, end_time, reason, position)
        order by position`;
    },
    async merge() {
      await takeTurn(tx, "special-hours");
      await stores.provide();
      await lockStores(tx, tx`select store_key from staged_keys`);
      return await mergeDates(tx);
    },
  };
}

/** A date cannot be closed all day and have opening times. The row that says closed is rejected. */
async function rejectClosed(tx: Transaction, importId: string, idColumn: string): Promise<number> {
  const { count } = await tx`
    with rejected as (
      delete from staged_special closed using (
        select number, date, min(line) as cause_line from staged_special where start_time is not null group by number, date
      ) open
      where closed.start_time is null and (closed.number, closed.date) = (open.number, open.date)
      returning closed.number, line, cause_line
    ), faulty as (
      insert into staged_faults (number, line) select number, line from rejected
    )
    insert into rejects (import_id, line, column_name, value, reason, code, cause_line)
    select ${importId}, line, ${idColumn}, coalesce(store_id, ${ALL_STORES}),
      'is closed all day in this row, and open on the same date on line ' || cause_line || ': remove one of the rows',
      'closed_beside_times', cause_line
    from rejected left join (select number, min(store_id) as store_id from staged_stores group by number) named
      using (number)`;
  return count;
}

async function mergeDates(tx: Transaction): Promise<number> {
  const { count } = await tx`
    insert into special_hours (store_key, date, start_times, end_times, reason)
    select store_key, date,
      coalesce(array_agg(start_time order by start_time, end_time) filter (where start_time is not null), '{}'),
      coalesce(array_agg(end_time order by start_time, end_time) filter (where start_time is not null), '{}'),
      (array_agg(reason order by position) filter (where reason is not null))[1]
    from (
      select distinct on (store_key, date, start_time, end_time) store_key, date, start_time, end_time, reason, position
      from staged_special left join staged_keys using (number)
      order by store_key, date, start_time, end_time, reason is null, position
    ) openings
    group by store_key, date
    order by store_key, date
    on conflict (rule_key, date) do update
    set start_times = excluded.start_times, end_times = excluded.end_times, reason = excluded.reason
    where (special_hours.start_times, special_hours.end_times, special_hours.reason)
      is distinct from (excluded.start_times, excluded.end_times, excluded.reason)`;
  return count;
}
