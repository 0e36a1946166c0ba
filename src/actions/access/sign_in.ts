import { type AccessKey, findKey, type KeyState } from "../../db/access/keys.ts";
import { insertSession } from "../../db/access/sessions.ts";
import { audited } from "../audited.ts";
import type { ActionContext } from "../context.ts";

export interface SignedIn {
  readonly key: AccessKey;
  /** What the cookie holds. */
  readonly secret: string;
}

/** Begins a session with a key. @returns why it cannot, if the key cannot be used */
export async function signIn(
  context: Pick<ActionContext, "sql" | "requestId">,
  text: string,
): Promise<SignedIn | "unknown" | Exclude<KeyState, "valid">> {
  const key = await findKey(context.sql, text.trim());
  if (key === undefined) return "unknown";
  if (key.state !== "valid") return key.state;
  return await audited({ ...context, actor: `key:${key.name}` }, async (tx) => {
    const secret = await insertSession(tx, { keyId: key.keyId });
    return { result: { key, secret }, entry: { action: "session.begin", subject: key.name } };
  });
}
