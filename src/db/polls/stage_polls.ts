import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { updateOutages } from "./outages.ts";
import { onConflict } from "./poll_conflicts.ts";
import { type Months, providePartitions } from "./partitions.ts";
import { plainArray, plainBooleans, rejectNoOthers, StagedStores, type Staging, takeTurn } from "../stores/staging.ts";
import { notePolled } from "../stores/stores.ts";

export interface StagedPoll {
  readonly storeId: string;
  readonly active: boolean;
  readonly at: Micros;
}

/** Where staged polls will go. */
export interface PollsTarget {
  /** Makes partitions, apart from the load's transaction. */
  readonly sql: Sql;
  /** Receives the months that the file has polls of. */
  readonly months: Months;
}

/** Prepares to load a file of polls. */
export async function stagePolls(tx: Transaction, { sql, months }: PollsTarget): Promise<Staging<StagedPoll>> {
  const stores = await StagedStores.create(tx);
  await tx`
    create temporary table staged_polls (number integer, at timestamptz, active boolean) on commit drop`;
  return {
    kind: "polls",
    goodRows: tx`select number from staged_polls`,
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
          ${plainBooleans(rows.map(({ active }) => active))}::boolean[]
        ) as polled (number, at, active)`;
    },
    async merge() {
      await takeTurn(tx, "polls");
      await providePartitions(sql, months);
      await stores.provide();
      const changed = await insertStaged(tx, await isFirstLoad(tx));
      await summarizeStaged(tx);
      await updateOutages(tx, tx`select * from staged_summary`);
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

/** Runs before the stores are locked, since live polls wait for those locks. */
async function summarizeStaged(tx: Transaction): Promise<void> {
  await tx`
    create temporary table staged_summary on commit drop as
    select store_key, min(at) as first, max(at) as last, bool_and(active) as all_active, not bool_or(active) as all_inactive
    from staged_polls join staged_keys using (number) group by store_key`;
  await tx`analyze staged_summary`;
}

/**
 * Whether there are no polls yet. If so, no other transaction adds any until the end of this one, and no poll needs to be
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
