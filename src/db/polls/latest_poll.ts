import type { Micros } from "../../domain/time/interval.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { noteAnyChange } from "../stores/store_changes.ts";
import { listPartitions } from "./partitions.ts";

/** The latest poll of all stores. It is noted as polls arrive, so that a report does not search for it. */
export async function latestPoll(sql: Sql | Transaction): Promise<Micros | undefined> {
  const [row] = await sql<{ at: Micros | null }[]>`select micros(max(at)) as at from latest_polls`;
  return row?.at ?? undefined;
}

/**
 * Notes the latest poll again after polls from an instant on were removed; from the beginning if no instant is given.
 *
 * Looks from the last partition on, since no index of all polls is in the order of time.
 */
export async function noteLatestAgain(tx: Transaction, removedFrom?: Micros): Promise<void> {
  await noteAnyChange(tx);
  await tx`delete from latest_polls where ${removedFrom === undefined ? tx`true` : tx`at >= instant(${removedFrom})`}`;
  for (const { name } of (await listPartitions(tx)).toReversed()) {
    const { count } = await tx`
      insert into latest_polls
      select 0, max(poll_instant(day, substr(polls, length(polls) - 4))) from ${tx(name)} having count(*) > 0
      on conflict (slot) do update set at = greatest(latest_polls.at, excluded.at)`;
    if (count > 0) return;
  }
}
