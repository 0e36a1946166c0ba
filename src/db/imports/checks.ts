import { type StoresTold, storeWarning, type StoreWarningCode, type Warning } from "../../domain/warning.ts";
import type { Transaction } from "../connection/client.ts";
import { type Staging, STORES_TOLD } from "../stores/staging.ts";

/** What loading a file would mean for its stores, if all files that are checked together were loaded. */
export interface CheckedStores {
  readonly storesNew: number;
  /** The first of them, in the order of ids. */
  readonly storesNewFirst: readonly string[];
  readonly storesKnown: number;
  readonly withoutHours: number;
  readonly withoutZone: number;
  readonly withoutPolls: number;
  readonly gaps: readonly Warning[];
}

/** Prepares to check files, in a transaction that is rolled back: `checked_stores` has the stores of each file. */
export async function startChecks(tx: Transaction): Promise<void> {
  await tx`
    create temporary table checked_stores (
      file integer, store_id text collate "C", is_new boolean, polls boolean, hours boolean, timezones boolean
    ) on commit drop`;
}

/** Notes the stores of a staged file. */
export async function noteChecked(
  tx: Transaction,
  file: number,
  { kind, goodRows }: Pick<Staging<unknown>, "kind" | "goodRows">,
): Promise<void> {
  await tx`
    insert into checked_stores (file, store_id, is_new, polls, hours, timezones)
    select ${file}, store_id,
      not exists (select from stores where stores.store_id = staged.store_id)
        and not exists (select from checked_stores earlier where earlier.store_id = staged.store_id),
      ${kind} = 'polls' and is_good, ${kind} = 'hours' and is_good, ${kind} = 'timezones' and is_good
    from (
      select store_id, bool_or(number in (select number from (${goodRows}) good)) as is_good
      from staged_stores group by store_id
    ) staged`;
}

/** Makes room to stage the next file. */
export async function dropStaging(tx: Transaction): Promise<void> {
  const tables = await tx<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = pg_my_temp_schema() and relname like 'staged%' and relkind = 'r'`;
  for (const { name } of tables) await tx`drop table ${tx(name)}`;
}

const GAPS = ["without_polls", "without_hours", "without_zone"] as const satisfies StoreWarningCode[];

/** Sums up the stores of one file, when all files were noted. */
export async function checkedStores(tx: Transaction, file: number): Promise<CheckedStores> {
  const first = (condition: string) =>
    tx`coalesce((array_agg(store_id order by store_id) filter (where ${
      tx.unsafe(condition)
    }))[:${STORES_TOLD}::integer], '{}')`;
  const [row] = await tx<CheckedColumns[]>`
    with together as (
      select store_id, bool_or(polls) as polls, bool_or(hours) as hours, bool_or(timezones) as timezones
      from checked_stores group by store_id
    ), after as (
      select checked_stores.store_id, is_new,
        together.polls or coalesce(stores.polled, false) as polled,
        together.hours or stores.hours is not null as opened,
        together.timezones or stores.timezone is not null as zoned
      from checked_stores join together using (store_id) left join stores using (store_id)
      where file = ${file}
    )
    select count(*) filter (where is_new) as "storesNew", ${first("is_new")} as "storesNewFirst",
      count(*) filter (where not is_new) as "storesKnown",
      count(*) filter (where not opened) as "withoutHours",
      count(*) filter (where not zoned) as "withoutZone",
      count(*) filter (where not polled) as "withoutPolls",
      array[
        count(*) filter (where not polled and (opened or zoned)),
        count(*) filter (where polled and not opened),
        count(*) filter (where polled and not zoned)
      ]::integer[] as totals,
      ${first("not polled and (opened or zoned)")} as without_polls,
      ${first("polled and not opened")} as without_hours,
      ${first("polled and not zoned")} as without_zone
    from after`;
  if (row === undefined) throw new Error(`File ${file} of the check lost its transaction`);
  const { totals, without_polls, without_hours, without_zone, ...counts } = row;
  const stores = [without_polls, without_hours, without_zone];
  const told = GAPS.map((code, place) => ({ code, total: totals[place] ?? 0, first: stores[place] ?? [] }));
  return {
    ...counts,
    gaps: told.filter(({ total }) => total > 0).map(({ code, ...told }) => storeWarning(code, told)),
  };
}

interface CheckedColumns extends Omit<CheckedStores, "gaps">, Record<typeof GAPS[number], StoresTold["first"]> {
  readonly totals: readonly number[];
}
