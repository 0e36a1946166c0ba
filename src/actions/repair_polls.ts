import { repairPolls as repairRows } from "../db/polls/check_days.ts";
import type { ActionContext } from "./context.ts";

/** Mends stored polls that are not as they have to be, and what is noted of them. */
export async function repairPolls({ sql }: ActionContext): Promise<void> {
  await repairRows(sql);
}
