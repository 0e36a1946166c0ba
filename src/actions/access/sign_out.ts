import { deleteSessions, findSession } from "../../db/access/sessions.ts";
import { audited } from "../audited.ts";
import type { ActionContext } from "../context.ts";

/** Ends a session, or all sessions of its key in all browsers. */
export async function signOut(
  context: Pick<ActionContext, "sql" | "requestId">,
  { secret, isEverywhere }: { readonly secret: string; readonly isEverywhere: boolean },
): Promise<void> {
  const key = await findSession(context.sql, secret);
  if (key === undefined) return;
  await audited({ ...context, actor: `key:${key.name}` }, async (tx) => {
    const sessions = await deleteSessions(tx, isEverywhere ? { keyId: key.keyId } : { secret });
    const before = { sessions };
    return { result: undefined, entry: { action: "session.end", subject: key.name, before } };
  });
}
