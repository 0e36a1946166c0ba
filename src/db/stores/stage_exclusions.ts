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
      await matchKnown(tx);
      const [found] = await tx<WithdrawnRows[]>`
        select count(*) as count, coalesce(min(line), 0) as "firstLine"
        from staged_known join staged_exclusions using (position) where withdrawn_at is not null`;
      return found ?? { count: 0, firstLine: 0 };
    },
    async merge() {
      await takeTurn(tx, "exclusions");
      await stores.provide();
      await lockStores(tx, tx`select store_key from staged_keys`);
      await matchKnown(tx);
      await gatherLatest(tx);
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
 * Finds the exclusion that each row names, if there is one: rather one that was not withdrawn. Looks through those of the row's store,
 * since all stores of a file may have one of the same time.
 */
async function matchKnown(tx: Transaction): Promise<void> {
  await tx`drop table if exists pg_temp.staged_known`;
  await tx`
    create temporary table staged_known on commit drop as
    with own as materialized (
      select position, staged.written_from, staged.written_to, staged.kind, exclusion_id
      from staged_exclusions staged
      join (select distinct number, store_id from staged_stores) named using (number)
      join stores using (store_id) join exclusion_stores using (store_key)
      union all
      select position, staged.written_from, staged.written_to, staged.kind, exclusion_id
      from staged_exclusions staged join exclusions on for_all where number = 0
    )
    select distinct on (position) position, exclusion_id as known_id, withdrawn_at, reason as known_reason
    from own join exclusions using (exclusion_id)
    where (own.written_from, own.written_to, own.kind) = (exclusions.written_from, exclusions.written_to, exclusions.kind)
    order by position, withdrawn_at desc nulls first, made_at`;
}

/** Of several rows about one exclusion the last counts. An exclusion is shared if other stores have it, too. */
async function gatherLatest(tx: Transaction): Promise<void> {
  await tx`
    create temporary table staged_latest on commit drop as
    select latest.*, known_id, withdrawn_at, known_reason, gen_random_uuid() as new_id,
      known_reason <> reason and exists (
        select from exclusion_stores where exclusion_id = known_id and exclusion_stores.store_key <> latest.store_key
      ) as is_shared
    from (
      select distinct on (store_key, written_from, written_to, kind) staged_exclusions.*, store_key
      from staged_exclusions left join staged_keys using (number)
      order by store_key, written_from, written_to, kind, position desc
    ) latest
    left join staged_known using (position)`;
}

async function changeReasons(tx: Transaction): Promise<number> {
  const { count } = await tx`
    update exclusions set reason = staged_latest.reason from staged_latest
    where exclusion_id = known_id and staged_latest.withdrawn_at is null and not is_shared
      and known_reason <> staged_latest.reason`;
  return count;
}

/** The other stores of an exclusion keep its reason: the store gets an exclusion of its own. */
async function leaveShared(tx: Transaction): Promise<number> {
  await tx`
    delete from exclusion_stores using staged_latest
    where (exclusion_stores.store_key, exclusion_id) = (staged_latest.store_key, known_id)
      and withdrawn_at is null and is_shared`;
  const { count } = await tx`
    update staged_latest set known_id = null where withdrawn_at is null and is_shared`;
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
