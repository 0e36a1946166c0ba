import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Scope } from "../../domain/access/scope.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { hashOfSecret, NO_HASH, selectorOf } from "./key_text.ts";
import { type KeyState, keyState } from "./keys.ts";

/** Whose session it is. */
export type SessionOwner = { readonly keyId: number } | { readonly personId: number };

/** A session that has not ended, and what its owner may do now. */
export interface Session {
  readonly owner: SessionOwner;
  readonly kind: "key" | "person";
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The tags of the stores that the owner sees; null: all stores. */
  readonly where: TagFilter | null;
  /** Of the key. People are always valid: what they may do ends with the session. */
  readonly state: KeyState;
}

/** How long somebody stays signed in with a key. Revoking the key ends it at once. */
export const KEY_SESSION_HOURS = 7 * 24;
/** What a provider takes away from a person counts from the next sign-in on. */
export const PERSON_SESSION_HOURS = 12;

const SECRET_BYTES = 32;

/** Begins a session. @returns what the cookie holds */
export async function insertSession(tx: Transaction, owner: SessionOwner): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const hash = hashOfSecret(secret);
  const isKey = "keyId" in owner;
  const [keyId, personId] = isKey ? [owner.keyId, null] : [null, owner.personId];
  await tx`delete from sessions where expires_at <= clock_timestamp()`;
  await tx`
    insert into sessions (selector, hash, key_id, person_id, expires_at)
    values (${selectorOf(hash)}, ${hash}, ${keyId}, ${personId},
      clock_timestamp() + ${isKey ? KEY_SESSION_HOURS : PERSON_SESSION_HOURS} * interval '1 hour')`;
  return secret;
}

type SessionRow = Omit<Session, "owner" | "kind"> & {
  readonly keyId: number | null;
  readonly personId: number | null;
  readonly hash: Uint8Array;
};

/** A session that has not ended. It does the same work whether the session exists or not. */
export async function findSession(sql: Sql | Transaction, secret: string): Promise<Session | undefined> {
  const hash = hashOfSecret(secret);
  const [row] = await sql<SessionRow[]>`
    select key_id as "keyId", person_id as "personId", session.hash,
      coalesce(access_keys.name, people.name) as name, coalesce(access_keys.scopes, people.scopes) as scopes,
      case when key_id is null then people.tags else access_keys.tags end as where,
      case when key_id is null then 'valid' else ${keyState(sql)} end as state
    from sessions session left join access_keys using (key_id) left join people using (person_id)
    where session.selector = ${selectorOf(hash)} and session.expires_at > clock_timestamp()`;
  const isSame = timingSafeEqual(hash, row?.hash ?? NO_HASH);
  if (row === undefined || !isSame) return undefined;
  const { hash: _, keyId, personId, ...session } = row;
  if (keyId !== null) return { ...session, kind: "key", owner: { keyId } };
  return personId === null ? undefined : { ...session, kind: "person", owner: { personId } };
}

/** Ends one session, or all sessions of a key or a person. @returns how many */
export async function deleteSessions(
  tx: Transaction,
  ended: { readonly secret: string } | SessionOwner,
): Promise<number> {
  const { count } = await tx`delete from sessions where ${whichSessions(tx, ended)}`;
  return count;
}

function whichSessions(tx: Transaction, ended: { readonly secret: string } | SessionOwner): Fragment {
  if ("secret" in ended) return tx`hash = ${hashOfSecret(ended.secret)}`;
  return "keyId" in ended ? tx`key_id = ${ended.keyId}` : tx`person_id = ${ended.personId}`;
}
