import { type AccessKey, insertKey } from "../../db/access/keys.ts";
import { beginningOf, hashOfSecret, newKeyText } from "../../db/access/key_text.ts";
import { isKeyName, KEY_NAME_FORM } from "../../domain/access/key_name.ts";
import { canBeLimited, type Scope } from "../../domain/access/scope.ts";
import { type TagFilter, tidyFilter, whyNoFilter } from "../../domain/tags/tag_filter.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { audited } from "../audited.ts";
import type { ActionContext } from "../context.ts";
import { invalid, type InvalidValue } from "../refusal.ts";

export interface AskedKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The stores that it sees, by their tags. Undefined: all stores. */
  readonly where?: TagFilter | undefined;
  /** Undefined: it does not expire. */
  readonly expiresAt?: Micros | undefined;
}

export interface MadeKey {
  readonly key: AccessKey;
  /** The key itself. It is kept nowhere, so this is the only time to show it. */
  readonly text: string;
}

/**
 * Makes a key.
 *
 * @throws {Refusal} `invalid` if the name cannot be used or is taken, or no scope is given
 */
export async function addKey(context: ActionContext, { name, scopes, where, expiresAt }: AskedKey): Promise<MadeKey> {
  if (!isKeyName(name)) throw invalid({ field: "name", value: name, reason: `must have ${KEY_NAME_FORM}` });
  if (scopes.length === 0) throw invalid({ field: "scopes", value: scopes, reason: "must name at least one scope" });
  const fault = where && whyNotLimited(scopes, where);
  if (fault !== undefined) throw invalid(fault);
  const text = newKeyText();
  const made = {
    name,
    scopes,
    where: where && tidyFilter(where),
    expiresAt,
    beginning: beginningOf(text),
    hash: hashOfSecret(text),
  };
  return await audited(context, async (tx) => {
    const key = await insertKey(tx, { ...made, madeBy: context.actor });
    if (key === undefined) {
      throw invalid({ field: "name", value: name, reason: "is the name of another key: revoke that key first" });
    }
    const expires_at = expiresAt === undefined ? null : formatInstant(expiresAt);
    const after = { scopes: [...scopes], where: key.where, expires_at, beginning: key.beginning };
    return { result: { key, text }, entry: { action: "key.add", subject: name, after } };
  });
}

function whyNotLimited(scopes: readonly Scope[], where: TagFilter): InvalidValue | undefined {
  const reason = whyNoFilter(where);
  if (reason !== undefined) return { field: "where", value: where, reason };
  const scope = scopes.find((each) => !canBeLimited(each));
  return scope &&
    { field: "scopes", value: scope, reason: `cannot have ${scope} beside where: it is not about some stores` };
}
