import { timingSafeEqual } from "node:crypto";
import type { Scope } from "../../domain/access/scope.ts";
import type { Actor } from "../../domain/actor.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { hashOfSecret, NO_HASH, selectorOf } from "./key_text.ts";

export type KeyState = "valid" | "expired" | "revoked";

/** A key as lists show it: the key itself is not kept. */
export interface AccessKey {
  readonly keyId: number;
  readonly name: string;
  readonly beginning: string;
  readonly scopes: readonly Scope[];
  /** The tags of the stores that it sees; null: all stores. */
  readonly where: TagFilter | null;
  readonly madeAt: Micros;
  readonly madeBy: Actor;
  readonly expiresAt: Micros | null;
  readonly lastUsedAt: Micros | null;
  readonly state: KeyState;
}

export interface NewKey extends Pick<AccessKey, "name" | "beginning" | "scopes" | "madeBy"> {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly where: TagFilter | undefined;
  readonly expiresAt: Micros | undefined;
}

/** @returns undefined if a valid or expired key has this name already */
export async function insertKey(
  tx: Transaction,
  { name, beginning, hash, scopes, where, madeBy, expiresAt }: NewKey,
): Promise<AccessKey | undefined> {
  const [row] = await tx<AccessKey[]>`
    insert into access_keys (name, beginning, selector, hash, scopes, tags, made_by, expires_at)
    values (${name}, ${beginning}, ${selectorOf(hash)}, ${hash}, ${[...scopes]}::text[],
      ${where === undefined ? null : JSON.stringify(where)}, ${madeBy}, instant(${expiresAt ?? null}))
    on conflict (name) where revoked_at is null do nothing
    returning ${keyColumns(tx)}`;
  return row;
}

/** All keys, those that can be used first, then the one made last. */
export async function listKeys(sql: Sql): Promise<AccessKey[]> {
  return await sql<AccessKey[]>`
    select ${keyColumns(sql)} from access_keys order by revoked_at is not null, made_at desc, key_id desc`;
}

/** @returns the key as it was; undefined if no key has this name, or it was revoked before */
export async function revokeKey(tx: Transaction, name: string, actor: Actor): Promise<AccessKey | undefined> {
  const [row] = await tx<AccessKey[]>`
    select ${keyColumns(tx)} from access_keys where name = ${name} and revoked_at is null for update`;
  if (row === undefined) return undefined;
  await tx`
    update access_keys set revoked_at = clock_timestamp(), revoked_by = ${actor} where key_id = ${row.keyId}`;
  return row;
}

/** Whether there has ever been a key. */
export async function hasKeys(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`select exists (select 1 from access_keys) as found`;
  return row?.found ?? false;
}

/** Whether some key can be used now. */
export async function hasValidKeys(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select exists (select 1 from access_keys where ${keyState(sql)} = 'valid') as found`;
  return row?.found ?? false;
}

/**
 * Finds a key by its text. It does the same work whether the text is a key or not: a hash, a query by a part of the hash, and a
 * comparison of whole hashes that takes the same time wherever they differ.
 */
export async function findKey(sql: Sql, text: string): Promise<AccessKey | undefined> {
  const hash = hashOfSecret(text);
  const [row] = await sql<(AccessKey & { hash: Uint8Array; is_use_old: boolean })[]>`
    select ${keyColumns(sql)}, hash,
      coalesce(last_used_at < clock_timestamp() - interval '1 minute', true) as is_use_old
    from access_keys where selector = ${selectorOf(hash)}`;
  const isSame = timingSafeEqual(hash, row?.hash ?? NO_HASH);
  if (row === undefined || !isSame) return undefined;
  const { hash: _, is_use_old: isUseOld, ...key } = row;
  if (isUseOld && key.state === "valid") await noteUse(sql, key.keyId);
  return key;
}

/** Of several requests at once, one notes the use. */
async function noteUse(sql: Sql, keyId: number): Promise<void> {
  await sql`
    update access_keys set last_used_at = clock_timestamp()
    where key_id = ${keyId} and coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)`;
}

/** The columns of a key as lists show it. */
export function keyColumns(sql: Sql | Transaction): Fragment {
  return sql`
    key_id as "keyId", name, beginning, scopes, tags as where, micros(access_keys.made_at) as "madeAt", made_by as "madeBy",
    micros(access_keys.expires_at) as "expiresAt", micros(last_used_at) as "lastUsedAt", ${keyState(sql)} as state`;
}

/** `valid`, `expired` or `revoked`. */
export function keyState(sql: Sql | Transaction): Fragment {
  return sql`
    case when revoked_at is not null then 'revoked' when access_keys.expires_at <= clock_timestamp() then 'expired' else 'valid' end`;
}
