import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Sql } from "../connection/client.ts";
import { hasTags } from "../stores/chosen_stores.ts";

/** A value of a tag, and how many stores have it. */
export interface TagValue {
  readonly value: string;
  readonly stores: number;
}

/** The values of each tag, keys and values in alphabetical order. */
export type TagValues = ReadonlyMap<string, readonly TagValue[]>;

/** A tag with more values, such as an address, is no choice for people. */
const MOST_CHOICES = 50;

/** The tags that a page can offer as choices. */
export async function listTagChoices(sql: Sql): Promise<TagValues> {
  const rows = await sql<(TagValue & { key: string })[]>`
    select key, value, stores from (
      select key, value, count(*)::integer as stores, count(*) over (partition by key) as choices
      from stores cross join lateral jsonb_each_text(tags) as tag (key, value)
      group by key, value
    ) counted
    where choices <= ${MOST_CHOICES} order by key, value`;
  const choices = Map.groupBy(rows, ({ key }) => key);
  return new Map([...choices].map(([key, values]) => [key, values.map(({ value, stores }) => ({ value, stores }))]));
}

/** A store that a filter finds. */
export interface FoundStore {
  readonly storeKey: number;
  readonly storeId: string;
}

/** The stores that a filter finds. */
export async function storesWhere(sql: Sql, filter: TagFilter): Promise<FoundStore[]> {
  return await sql<FoundStore[]>`
    select store_key as "storeKey", store_id as "storeId" from stores where true ${hasTags(sql, filter)}`;
}

/** The ids of the stores that a filter finds. */
export async function idsWhere(sql: Sql, filter: TagFilter): Promise<Set<string>> {
  return new Set((await storesWhere(sql, filter)).map(({ storeId }) => storeId));
}
