import { repairPolls as repairRows } from "../db/polls/check_days.ts";
import { audited } from "./audited.ts";
import type { ActionContext } from "./context.ts";

/** Mends stored polls that are not as they have to be, and what is noted of them. @param faults what was found, for the audit */
export async function repairPolls(
  context: ActionContext,
  faults: Readonly<Record<string, number>>,
): Promise<void> {
  await audited(context, async (tx) => {
    await repairRows(tx);
    return { result: undefined, entry: { action: "polls.repair", before: { faults }, after: { faults: {} } } };
  });
}
