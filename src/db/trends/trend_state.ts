import type { Micros } from "../../domain/time/interval.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import type { Transaction } from "../connection/client.ts";
import { listPartitions } from "../polls/partitions.ts";

/** What all sums that are kept have in common. */
export interface TrendState {
  /** They follow all changes that this snapshot shows. Undefined: nothing is kept. */
  readonly seen: string | undefined;
  /** No date that is kept ends later. */
  readonly horizon: Micros | undefined;
  /** The first UTC day with polls, as it was in that snapshot. */
  readonly begins: EpochDay | undefined;
  /** What they were computed by. */
  readonly madeBy: string | undefined;
  /** Whether no process has checked them for some minutes. */
  readonly isAbandoned: boolean;
}

type Row = { readonly [Key in keyof TrendState]: Exclude<TrendState[Key], undefined> | null };

export async function readTrendState(tx: Transaction): Promise<TrendState> {
  const [row] = await tx<Row[]>`
    select seen::text as seen, micros(horizon) as horizon, days(begins) as begins, made_by as "madeBy",
      coalesce(looked_at < now() - interval '10 minutes', true) as "isAbandoned"
    from trend_state`;
  return {
    seen: row?.seen ?? undefined,
    horizon: row?.horizon ?? undefined,
    begins: row?.begins ?? undefined,
    madeBy: row?.madeBy ?? undefined,
    isAbandoned: row?.isAbandoned ?? true,
  };
}

/** Notes that what is kept follows all that this transaction sees. */
export async function saveTrendState(
  tx: Transaction,
  { horizon, begins, madeBy }: Pick<TrendState, "horizon" | "begins" | "madeBy">,
): Promise<void> {
  await tx`
    update trend_state set seen = pg_current_snapshot(), looked_at = now(), made_by = ${madeBy ?? null},
      horizon = ${horizon === undefined ? tx`null` : tx`instant(${horizon})`},
      begins = ${begins === undefined ? tx`null` : tx`date '1970-01-01' + ${begins}::integer`}`;
}

/** Any number works if no other advisory lock uses it. */
const TREND_LOCK = 7_305_415_296;

/** Whether this transaction may change what is kept: one does at a time, and others need not wait. */
export async function takeTrends(tx: Transaction): Promise<boolean> {
  await tx`set local idle_in_transaction_session_timeout = 0`;
  const [row] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${TREND_LOCK}) as taken`;
  return row?.taken ?? false;
}

/** The first UTC day with polls. Reads one month: 50 ms for 14,000 stores. */
export async function firstPollDay(tx: Transaction): Promise<EpochDay | undefined> {
  for (const { name } of await listPartitions(tx)) {
    const [row] = await tx<{ day: EpochDay | null }[]>`select days(min(day)) as day from ${tx(name)}`;
    if (typeof row?.day === "number") return row.day;
  }
  return undefined;
}
