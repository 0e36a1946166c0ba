import { recordChange } from "../db/audit/audit.ts";
import type { Transaction } from "../db/connection/client.ts";
import { removePollsAfter } from "../db/polls/later_polls.ts";
import { dropPartitionsBefore } from "../db/polls/partitions.ts";
import { countStores } from "../db/stores/stores.ts";
import { formatInstant } from "../domain/time/instant.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { ActionContext } from "./context.ts";

/** Drops the polls of all months that are over before an instant. @returns how many months are gone */
export async function removeOldPolls(context: ActionContext, before: Micros): Promise<number> {
  const alongside = recordRemoval(context, { months_that_end_before: formatInstant(before) });
  return (await dropPartitionsBefore(context.sql, before, alongside)).length;
}

/** Removes all polls after an instant. */
export async function removeLaterPolls(context: ActionContext, after: Micros): Promise<void> {
  await removePollsAfter(context.sql, after, recordRemoval(context, { polls_after: formatInstant(after) }));
}

function recordRemoval(context: ActionContext, removed: Record<string, string>): (tx: Transaction) => Promise<void> {
  return async (tx) => {
    const stores = { total: await countStores(tx), isForAll: true };
    await recordChange(tx, context, { action: "polls.remove", stores, before: removed });
  };
}
