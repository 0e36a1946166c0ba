import type { TagFilter } from "../../domain/tags/tag_filter.ts";
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

/** The ids of all stores that a text finds. */
export async function foundIds(sql: Sql, text: string): Promise<Set<string>> {
  const rows = await sql<{ storeId: string }[]>`select store_id as "storeId" from stores where ${isFound(sql, text)}`;
  return new Set(rows.map(({ storeId }) => storeId));
}

/**
 * Whether the id, the name or a tag contains the text, in any letter case, or whether the text is a rounded number that can mean the
 * id. A text with a colon also finds a tag with its key, `region:west`.
 */
function isFound(sql: Sql, text: string): Fragment {
  const part = text.toLowerCase();
  if (part === "") return sql`true`;
  const contains = sql`(strpos(${lowered(sql, sql`store_id`, part)}, ${part}) > 0
    or strpos(${lowered(sql, sql`name`, part)}, ${part}) > 0 or ${isTagged(sql, part)})`;
  const range = roundedId(text);
  if (range === undefined) return contains;
  const parts = partsOf(range);
  return sql`(${contains} or store_id ~ '^[1-9][0-9]*$' and exists (
    select from unnest(${parts.map(({ first }) => first)}::text[], ${parts.map(({ last }) => last)}::text[])
      as part (first, last)
    where length(store_id) = length(first) and store_id between first and last))`;
}

/** The tags are looked at one by one only if their text as a whole has the part: 14,000 stores take 9 ms rather than 28. */
function isTagged(sql: Sql, part: string): Fragment {
  const colon = part.indexOf(":");
  const value = part.slice(colon + 1);
  const written = JSON.stringify(value).slice(1, -1);
  const named = colon === -1
    ? sql`strpos(${lowered(sql, sql`value`, part)}, ${part}) > 0`
    : sql`strpos(key || ':' || ${lowered(sql, sql`value`, part)}, ${part}) > 0`;
  return sql`(strpos(${lowered(sql, sql`tags::text`, value)}, ${written}) > 0
    and exists (select from jsonb_each_text(tags) as tag (key, value) where ${named}))`;
}

/** The id of the one store that a text names: by its id to the letter, else as the only one in another letter case, else by its name. */
export async function findStoreId(sql: Sql, text: string): Promise<string | undefined> {
  const part = text.toLowerCase();
  const rows = await sql<{ storeId: string; isExact: boolean; isId: boolean }[]>`
    select store_id as "storeId", store_id = ${text} as "isExact", ${
    lowered(sql, sql`store_id`, part)
  } = ${part} as "isId"
    from stores
    where store_id = ${text} or ${lowered(sql, sql`store_id`, part)} = ${part} or ${
    lowered(sql, sql`name`, part)
  } = ${part}
    order by 2 desc, 3 desc limit 3`;
  const [first] = rows;
  if (first?.isExact) return first.storeId;
  const fitting = rows.filter(({ isId }) => isId === first?.isId);
  return fitting.length === 1 ? first?.storeId : undefined;
}

/**
 * A column in lower case, as far as a text in lower case can tell. In the locale C, which the embedded Postgres has, `lower` knows the
 * letters of ASCII only: the text's other letters are translated one by one.
 */
function lowered(sql: Sql, column: Fragment, part: string): Fragment {
  const others = [...part].filter((letter) => letter > "\x7f" && [...letter.toUpperCase()].length === 1);
  const upper = others.map((letter) => letter.toUpperCase()).join("");
  return sql`lower(translate(${column}, ${upper}, ${others.join("")}))`;
}
