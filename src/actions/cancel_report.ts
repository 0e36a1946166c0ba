import { cancelReport as cancelRow } from "../db/reports/reports.ts";
import type { Actor } from "../domain/actor.ts";
import { audited } from "./audited.ts";
import type { ActionContext } from "./context.ts";

/** The reason that a cancelled report shows. */
function reasonOf(actor: Actor): string {
  if (actor === "command") return "The command was interrupted";
  return actor === "page" ? "Cancelled on its page" : "Cancelled by a client";
}

/** Cancels a report that is not finished. @returns whether there was anything to cancel */
export async function cancelReport(context: ActionContext, reportId: string): Promise<boolean> {
  return await audited(context, async (tx) => {
    const result = await cancelRow(tx, reportId, reasonOf(context.actor));
    const after = { status: "Cancelled" };
    return { result, entry: result ? { action: "report.cancel", subject: reportId, after } : undefined };
  });
}
