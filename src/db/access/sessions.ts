import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { hashOfSecret, NO_HASH, selectorOf } from "./key_text.ts";
import { type AccessKey, keyColumns } from "./keys.ts";

/** How long somebody stays signed in. */
export const SESSION_DAYS = 7;

const SECRET_BYTES = 32;

/** Begins a session of a key. @returns what the cookie holds */
export async function insertSession(tx: Transaction, keyId: number): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const hash = hashOfSecret(secret);
  await tx`delete from sessions where expires_at <= clock_timestamp()`;
  await tx`
    insert into sessions (selector, hash, key_id, expires_at)
    values (${selectorOf(hash)}, ${hash}, ${keyId}, clock_timestamp() + ${SESSION_DAYS} * interval '1 day')`;
  return secret;
}

/** The key of a session that has not ended. It does the same work whether the session exists or not. */
export async function findSession(sql: Sql | Transaction, secret: string): Promise<AccessKey | undefined> {
  const hash = hashOfSecret(secret);
  const [row] = await sql<(AccessKey & { hash: Uint8Array })[]>`
    select ${keyColumns(sql)}, session.hash from sessions session join access_keys using (key_id)
    where session.selector = ${selectorOf(hash)} and session.expires_at > clock_timestamp()`;
  const isSame = timingSafeEqual(hash, row?.hash ?? NO_HASH);
  if (row === undefined || !isSame) return undefined;
  const { hash: _, ...key } = row;
  return key;
}

/** Ends one session, or all sessions of a key. @returns how many */
export async function deleteSessions(tx: Transaction, ended: { secret: string } | { keyId: number }): Promise<number> {
  const { count } = await tx`delete from sessions where ${whichSessions(tx, ended)}`;
  return count;
}

function whichSessions(tx: Transaction, ended: { secret: string } | { keyId: number }): Fragment {
  return "keyId" in ended ? tx`key_id = ${ended.keyId}` : tx`hash = ${hashOfSecret(ended.secret)}`;
}
