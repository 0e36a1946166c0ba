import type { TagFilter } from "../../domain/tag_filter.ts";
import type { Fragment, Sql } from "../connection/client.ts";
import { hasTags } from "./chosen_stores.ts";
import { plainArray } from "./staging.ts";
import { partsOf, roundedId } from "../../domain/rounded_id.ts";

export interface StoreName {
  readonly storeId: string;
  /** Undefined if none is known. */
  readonly timezone: string | undefined;
}

export interface ListedStore extends StoreName {
  readonly name: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface StoreSearch {
  readonly containing?: string;
  /** The last id of the page before. */
  readonly after?: string;
  /** The keys of the stores to look at; all stores if not given. */
  readonly among?: readonly number[] | undefined;
  /** The tags of the stores to look at. */
  readonly where?: TagFilter | undefined;
  readonly limit: number;
}

/** Stores that a text finds, in the order of ids. */
export async function listStores(
  sql: Sql,
  { containing = "", after = "", among, where, limit }: StoreSearch,
): Promise<ListedStore[]> {
  const rows = await sql<(Omit<ListedStore, "timezone" | "name"> & { timezone: string | null; name: string | null })[]>`
    select store_id as "storeId", name, timezone, tags from stores
    where store_id > ${after} and ${isFound(sql, containing)} ${isAmong(sql, among)} ${hasTags(sql, where)}
    order by store_id limit ${limit}`;
  return rows.map(({ name, timezone, ...row }) => ({
    ...row,
    name: name ?? undefined,
    timezone: timezone ?? undefined,
  }));
}

/** How many stores a text finds. */
export async function countFound(
  sql: Sql,
  { containing = "", among }: Pick<StoreSearch, "containing" | "among">,
): Promise<number> {
  const [row] = await sql<{ stores: number }[]>`
    select count(*)::integer as stores from stores where ${isFound(sql, containing)} ${isAmong(sql, among)}`;
  return row?.stores ?? 0;
}

function isAmong(sql: Sql, keys: readonly number[] | undefined): Fragment {
  return keys === undefined ? sql`` : sql`and store_key = any(${plainArray(keys)}::integer[])`;
}

/** Whether the id contains the text, in any letter case, or whether the text is a rounded number that can mean the id. */
function isFound(sql: Sql, text: string): Fragment {
  const part = text.toLowerCase();
  const contains = sql`strpos(${lowered(sql, part)}, ${part}) > 0`;
  const range = roundedId(text);
  if (range === undefined) return contains;
  const parts = partsOf(range);
  return sql`(${contains} or store_id ~ '^[1-9][0-9]*$' and exists (
    select from unnest(${parts.map(({ first }) => first)}::text[], ${parts.map(({ last }) => last)}::text[])
      as part (first, last)
    where length(store_id) = length(first) and store_id between first and last))`;
}

/** The id of the one store that a text names: to the letter, or else as the only one in another letter case. */
export async function findStoreId(sql: Sql, text: string): Promise<string | undefined> {
  const part = text.toLowerCase();
  const rows = await sql<{ storeId: string }[]>`
    select store_id as "storeId" from stores where store_id = ${text} or ${lowered(sql, part)} = ${part}
    order by store_id = ${text} desc limit 2`;
  const [first] = rows;
  return first?.storeId === text || rows.length === 1 ? first?.storeId : undefined;
}

/**
 * `store_id` in lower case, as far as a text in lower case can tell. In the locale C, which the embedded Postgres has,
 * `lower` knows the letters of ASCII only: the text's other letters are translated one by one.
 */
function lowered(sql: Sql, part: string): Fragment {
  const others = [...part].filter((letter) => letter > "\x7f" && [...letter.toUpperCase()].length === 1);
  const upper = others.map((letter) => letter.toUpperCase()).join("");
  return sql`lower(translate(store_id, ${upper}, ${others.join("")}))`;
}
