import { removePollsAfter } from "../db/polls/later_polls.ts";
import { dropPartitionsBefore } from "../db/polls/partitions.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { ActionContext } from "./context.ts";

/** Drops the polls of all months that are over before an instant. @returns how many months are gone */
export async function removeOldPolls({ sql }: ActionContext, before: Micros): Promise<number> {
  return (await dropPartitionsBefore(sql, before)).length;
}

/** Removes all polls after an instant. */
export async function removeLaterPolls({ sql }: ActionContext, after: Micros): Promise<void> {
  await removePollsAfter(sql, after);
}
