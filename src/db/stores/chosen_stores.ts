import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { countStores } from "./stores.ts";

/** Which stores a rule is for: some by their ids, those that have tags now, or all, also those that come later. */
export type StoreChoice = { readonly ids: readonly string[] } | { readonly where: TagFilter } | "all";

/** The stores of a choice, locked until the end of the transaction. */
export interface ChosenStores {
  /** None of them if the choice is all. */
  readonly keys: readonly number[];
  readonly ids: readonly string[];
  /** Ids of the choice that no store has. */
  readonly unknown: readonly string[];
  readonly total: number;
}

/** Finds the stores of a choice and locks them in the order of their keys, as every writer does. */
export async function lockChosen(tx: Transaction, choice: StoreChoice): Promise<ChosenStores> {
  if (choice === "all") return { keys: [], ids: [], unknown: [], total: await countStores(tx) };
  const which = "ids" in choice ? tx`and store_id = any(${storable(choice.ids)}::text[])` : hasTags(tx, choice.where);
  const rows = await tx<{ key: number; id: string }[]>`
    select store_key as key, store_id as id from stores where true ${which} order by store_key for no key update`;
  const ids = rows.map(({ id }) => id);
  const known = new Set(ids);
  const unknown = "ids" in choice ? choice.ids.filter((id) => !known.has(id)) : [];
  return { keys: rows.map(({ key }) => key), ids, unknown, total: rows.length };
}

/** Postgres cannot keep a NUL in a text. */
function storable(ids: readonly string[]): string[] {
  return ids.filter((id) => !id.includes("\0"));
}

/** A condition on `stores`, which begins with "and": whether a store has the tags of a filter. Empty without a filter. */
export function hasTags(sql: Sql | Transaction, filter: TagFilter = {}): Fragment {
  return Object.entries(filter).reduce<Fragment>(
    (before, [key, values]) => sql`${before} and stores.tags ->> ${key} = any(${[...values]}::text[])`,
    sql``,
  );
}
