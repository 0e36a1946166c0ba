import { deleteSessions, findSession } from "../../db/access/sessions.ts";
import { audited } from "../audited.ts";
import type { ActionContext } from "../context.ts";

/** Ends a session, or all sessions of its key or person in all browsers. */
export async function signOut(
  context: Pick<ActionContext, "sql" | "requestId">,
  { secret, isEverywhere }: { readonly secret: string; readonly isEverywhere: boolean },
): Promise<void> {
  const session = await findSession(context.sql, secret);
  if (session === undefined) return;
  const { kind, name, owner } = session;
  await audited({ ...context, actor: `${kind}:${name}` }, async (tx) => {
    const before = { sessions: await deleteSessions(tx, isEverywhere ? owner : { secret }) };
    return { result: undefined, entry: { action: "session.end", subject: name, before } };
  });
}
