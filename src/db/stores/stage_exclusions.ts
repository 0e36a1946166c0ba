import type { Micros } from "../../domain/time/interval.ts";
import type { Actor } from "../../domain/actor.ts";
import type { Transaction } from "../connection/client.ts";
import { plainArray, plainBooleans, rejectNoOthers, StagedStores, type Staging, takeTurn } from "./staging.ts";
import { lockStores } from "./stores.ts";

/** An exclusion of a file. */
export interface StagedExclusion {
  /** `*`: a rule for all stores. */
  readonly storeId: string;
  readonly writtenFrom: string;
  readonly writtenTo: string;
  /** Whether the ends are wall times of the store's zone. */
  readonly isLocal: boolean;
  readonly from: Micros;
  readonly to: Micros;
  readonly kind: string;
  readonly reason: string;
}

/** Rows of a file that name exclusions which somebody withdrew. */
export interface WithdrawnRows {
  readonly count: number;
  readonly firstLine: number;
}

export interface ExclusionStaging extends Staging<StagedExclusion> {
  /** Looks for rows that a merge will leave alone, after the last row. */
  findWithdrawn(): Promise<WithdrawnRows>;
}

/**
 * Prepares to load a file of exclusions. One is known by its store, both ends and kind, as they are written: the same one again changes
 * its reason alone. A withdrawn one stays withdrawn.
 */
export async function stageExclusions(tx: Transaction, actor: Actor): Promise<ExclusionStaging> {
  const stores = await StagedStores.create(tx, { canNameAll: true });
  await tx`
    create temporary table staged_exclusions (
      position bigint generated always as identity, number integer, line bigint, written_from text, written_to text,
      is_local boolean, from_micros bigint, to_micros bigint, kind text, reason text
    ) on commit drop`;
  return {
    kind: "exclusions",
    goodRows: tx`select number from staged_exclusions`,
    stores,
    rejectOthers: rejectNoOthers,
    add: async (rows, lines) => void await add(tx, rows, { numbers: await stores.number(rows), lines }),
    async findWithdrawn() {
      const [found] = await tx<WithdrawnRows[]>`
        select count(*) as count, coalesce(min(line), 0) as "firstLine"
        from staged_exclusions staged
        left join (select distinct number, store_id from staged_stores) named using (number)
        left join stores using (store_id)
        cross join lateral ${known(tx)} where withdrawn_at is not null`;
      return found ?? { count: 0, firstLine: 0 };
    },
    async merge() {
      await takeTurn(tx, "exclusions");
      await stores.provide();
      await lockStores(tx, tx`select store_key from staged_keys`);
      await matchKnown(tx);
      return await changeReasons(tx) + await leaveShared(tx) + await insertNew(tx, actor);
    },
  };
}

async function add(
  tx: Transaction,
  rows: readonly StagedExclusion[],
  { numbers, lines }: { readonly numbers: string; readonly lines: readonly number[] },
): Promise<void> {
  await tx`
    insert into staged_exclusions
      (number, line, written_from, written_to, is_local, from_micros, to_micros, kind, reason)
    select number, line, written_from, written_to, is_local, from_micros, to_micros, kind, reason from unnest(
      ${numbers}::integer[], ${plainArray(lines)}::bigint[],
      ${rows.map(({ writtenFrom }) => writtenFrom)}::text[], ${rows.map(({ writtenTo }) => writtenTo)}::text[],
      ${plainBooleans(rows.map(({ isLocal }) => isLocal))}::boolean[],
      ${plainArray(rows.map(({ from }) => from))}::bigint[], ${plainArray(rows.map(({ to }) => to))}::bigint[],
      ${rows.map(({ kind }) => kind)}::text[], ${rows.map(({ reason }) => reason)}::text[]
    ) with ordinality as given (
      number, line, written_from, written_to, is_local, from_micros, to_micros, kind, reason, position)
    order by position`;
}

/**
 * The exclusion that a staged row names, if there is one: rather one that was not withdrawn. Looks through those of the store: all
 * stores of a file may have one of the same time. Needs `stores`, which is null for all stores.
 */
function known(tx: Transaction) {
  return tx`(
    select exclusion_id, withdrawn_at, named.reason as known_reason,
      for_all or not exists (
        select from exclusion_stores same where same.exclusion_id = own.exclusion_id and same.store_key <> stores.store_key
      ) as is_alone
    from (
      select exclusion_id from exclusion_stores where exclusion_stores.store_key = stores.store_key
      union all
      select exclusion_id from exclusions where staged.number = 0 and for_all
    ) own
    cross join lateral (
      select for_all, withdrawn_at, made_at, reason from exclusions
      where exclusions.exclusion_id = own.exclusion_id and (exclusions.written_from, exclusions.written_to, exclusions.kind)
        = (staged.written_from, staged.written_to, staged.kind)
      offset 0
    ) named
    order by withdrawn_at desc nulls first, made_at limit 1
  ) known`;
}

/** Of several rows about one exclusion the last counts. */
async function matchKnown(tx: Transaction): Promise<void> {
  await tx`
    create temporary table staged_latest on commit drop as
    select staged.*, known.exclusion_id as known_id, withdrawn_at, known_reason, is_alone, gen_random_uuid() as new_id
    from (
      select distinct on (store_key, written_from, written_to, kind) staged_exclusions.*, store_key
      from staged_exclusions left join staged_keys using (number)
      order by store_key, written_from, written_to, kind, position desc
    ) staged
    left join stores using (store_key)
    left join lateral ${known(tx)} on true`;
}

async function changeReasons(tx: Transaction): Promise<number> {
  const { count } = await tx`
    update exclusions set reason = staged_latest.reason from staged_latest
    where exclusion_id = known_id and staged_latest.withdrawn_at is null and is_alone and known_reason <> staged_latest.reason`;
  return count;
}

/** The other stores of an exclusion keep its reason: the store gets an exclusion of its own. */
async function leaveShared(tx: Transaction): Promise<number> {
  await tx`
    delete from exclusion_stores using staged_latest
    where (exclusion_stores.store_key, exclusion_id) = (staged_latest.store_key, known_id)
      and withdrawn_at is null and not is_alone and known_reason <> reason`;
  const { count } = await tx`
    update staged_latest set known_id = null where withdrawn_at is null and not is_alone and known_reason <> reason`;
  return count;
}

async function insertNew(tx: Transaction, actor: Actor): Promise<number> {
  const { count } = await tx`
    insert into exclusions
      (exclusion_id, for_all, written_from, written_to, is_local, from_micros, to_micros, kind, reason, made_by)
    select new_id, store_key is null, written_from, written_to, is_local, from_micros, to_micros, kind, reason, ${actor}
    from staged_latest where known_id is null order by position`;
  await tx`
    insert into exclusion_stores (store_key, exclusion_id)
    select store_key, new_id from staged_latest where known_id is null and store_key is not null order by store_key`;
  return count;
}
