import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { type MergedPolls, settleLiveOutages, settleOutages } from "./outages.ts";
import { Months, providePartitions } from "./partitions.ts";
import { retryConflicts, TRY_AGAIN } from "../postgres/retry_conflicts.ts";
import { plainArray, rejectNoOthers, StagedStores, type Staging, takeTurn } from "../stores/staging.ts";
import { notePolled, provideStores } from "../stores/stores.ts";
import { transaction } from "../postgres/transaction.ts";

export interface StagedPoll {
  readonly storeId: string;
  readonly active: boolean;
  readonly at: Micros;
}

/*
 * Polls merge: the same store and instant twice is one poll, and if the two disagree, inactive wins. Within a statement
 * `distinct on` sees to it, since false sorts before true; against the table `on conflict` does.
 *
 * Rows go in by (store_key, at), and that for two reasons: sorted they take half of the time that COPY needs for
 * unsorted ones, and two who add the same polls in one order never wait for each other in a circle.
 */

/** Where staged polls will go. */
export interface PollsTarget {
  /** Makes partitions, apart from the load's transaction. */
  readonly sql: Sql;
  /** Learns the months that the file has polls of. */
  readonly months: Months;
}

/** Prepares to load a file of polls. */
export async function stagePolls(tx: Transaction, { sql, months }: PollsTarget): Promise<Staging<StagedPoll>> {
  const stores = await StagedStores.create(tx);
  await tx`
    create temporary table staged_polls (number integer, at timestamptz, active boolean) on commit drop`;
  return {
    stores,
    rejectOthers: rejectNoOthers,
    async add(rows) {
      for (const { at } of rows) months.add(at);
      await tx`
        insert into staged_polls (number, at, active)
        select number, instant(at), active
        from unnest(
          ${await stores.number(rows)}::integer[],
          ${plainArray(rows.map(({ at }) => at))}::bigint[],
          ${booleans(rows.map(({ active }) => active))}::boolean[]
        ) as polled (number, at, active)`;
    },
    async merge() {
      await takeTurn(tx, "polls");
      await providePartitions(sql, months);
      await stores.settle();
      const changed = await insertStaged(tx, await isFirstLoad(tx));
      await summarizeStaged(tx);
      await settleOutages(tx, tx`select * from staged_summary`);
      await notePolled(tx, tx`select store_key from staged_summary`);
      return changed;
    },
  };
}

async function insertStaged(tx: Transaction, isFirst: boolean): Promise<number> {
  await tx`set local work_mem = '256MB'`;
  const { count } = await tx`
    insert into polls (store_key, at, active)
    select distinct on (store_key, at) store_key, at, active
    from staged_polls join staged_keys using (number)
    order by store_key, at, active
    ${isFirst ? tx`` : onConflict(tx)}`;
  return count;
}

/** Before stores are taken, which live polls wait for. */
async function summarizeStaged(tx: Transaction): Promise<void> {
  await tx`
    create temporary table staged_summary on commit drop as
    select store_key, min(at) as first, max(at) as last, bool_and(active) as all_active, not bool_or(active) as all_inactive
    from staged_polls join staged_keys using (number) group by store_key`;
  await tx`analyze staged_summary`;
}

/**
 * Whether there are no polls yet. If so, nobody else adds any until the end of the transaction, and no poll needs to be
 * compared with what is there: a third of the time. Asked only when all stores are there, since live polls, too, make their
 * stores first and then add polls.
 */
async function isFirstLoad(tx: Transaction): Promise<boolean> {
  if (!(await hasNoPolls(tx))) return false;
  await tx`lock table polls in share row exclusive mode`;
  return await hasNoPolls(tx);
}

async function hasNoPolls(tx: Transaction): Promise<boolean> {
  const [row] = await tx<{ empty: boolean }[]>`select not exists (select from polls) as empty`;
  return row?.empty ?? false;
}

function onConflict(tx: Transaction) {
  return tx`
    on conflict (store_key, at) do update set active = false
    where polls.active and not excluded.active`;
}

/**
 * Merges some polls at once, without staging: for a live feed.
 *
 * @returns how many polls were added or altered
 */
export async function mergePolls(sql: Sql, polls: readonly StagedPoll[]): Promise<number> {
  const months = new Months();
  for (const { at } of polls) months.add(at);
  // Most batches belong to months that are there: to ask first would be one more question for each of them.
  return await retryConflicts(
    () => transaction(sql, (tx) => mergePollsIn(tx, polls)),
    () => providePartitions(sql, months),
  );
}

/** The same in a transaction of the caller's. The partitions have to be there. */
export async function mergePollsIn(tx: Transaction, polls: readonly StagedPoll[]): Promise<number> {
  const ids = new Set(polls.map(({ storeId }) => storeId));
  const known = await provideStores(tx, [...ids]);
  if (known.size < ids.size) throw storeRemoved();
  const keyed = polls.map((poll) => ({ ...poll, storeKey: known.get(poll.storeId)?.storeKey ?? NaN }));
  // Sent together, each done before the next one begins.
  const inserted = tx`
    insert into polls (store_key, at, active)
    select distinct on (store_key, at) store_key, instant(at), active
    from unnest(
      ${plainArray(keyed.map(({ storeKey }) => storeKey))}::integer[],
      ${plainArray(keyed.map(({ at }) => at))}::bigint[],
      ${booleans(keyed.map(({ active }) => active))}::boolean[]
    ) as polled (store_key, at, active)
    order by store_key, at, active
    ${onConflict(tx)}`.execute();
  const settled = settleLiveOutages(tx, byStore(tx, Map.groupBy(keyed, ({ storeKey }) => storeKey)));
  const [{ count }, taken] = await Promise.all([inserted, settled]);
  if (taken < known.size) throw storeRemoved();
  const unpolled = [...known.values()].filter(({ polled }) => !polled).map(({ storeKey }) => storeKey);
  if (unpolled.length > 0) await notePolled(tx, tx`select unnest(${plainArray(unpolled)}::integer[])`);
  return count;
}

/** Somebody removed a store after its key was read, or while it was looked for. */
function storeRemoved(): Error {
  return Object.assign(new Error("A store was removed while polls for it came"), { code: TRY_AGAIN });
}

function byStore(tx: Transaction, polls: ReadonlyMap<number, readonly StagedPoll[]>): MergedPolls {
  const stores = [...polls.values()];
  const extreme = (choose: (a: Micros, b: Micros) => Micros) =>
    plainArray(stores.map((ofStore) => ofStore.map(({ at }) => at).reduce((a, b) => choose(a, b))));
  return tx`
    select store_key, instant(first) as first, instant(last) as last, all_active, all_inactive
    from unnest(
      ${plainArray([...polls.keys()])}::integer[],
      ${extreme(Math.min)}::bigint[],
      ${extreme(Math.max)}::bigint[],
      ${booleans(stores.map((ofStore) => ofStore.every(({ active }) => active)))}::boolean[],
      ${booleans(stores.map((ofStore) => ofStore.every(({ active }) => !active)))}::boolean[]
    ) as merged (store_key, first, last, all_active, all_inactive)`;
}

function booleans(values: readonly boolean[]): string {
  return plainArray(values.map((value) => value ? "t" : "f"));
}
