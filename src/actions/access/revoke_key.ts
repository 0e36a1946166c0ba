import { type AccessKey, revokeKey as revokeRow } from "../../db/access/keys.ts";
import { audited } from "../audited.ts";
import type { ActionContext } from "../context.ts";

/** Revokes a key for good, from the next request on. @returns undefined if no key has this name, or it was revoked before */
export async function revokeKey(context: ActionContext, name: string): Promise<AccessKey | undefined> {
  return await audited(context, async (tx) => {
    const result = await revokeRow(tx, name, context.actor);
    if (result === undefined) return { result, entry: undefined };
    const { scopes, beginning } = result;
    return { result, entry: { action: "key.revoke", subject: name, before: { scopes: [...scopes], beginning } } };
  });
}
