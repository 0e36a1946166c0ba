import type { Fragment, Transaction } from "../connection/client.ts";
import { plainArray, StagedStores, type Staging, takeTurn } from "./staging.ts";
import { notingChanges } from "./store_changes.ts";
import { lockStores } from "./stores.ts";

/** What a file says of a store itself. Undefined: nothing. Null: what is known is removed. */
export interface StagedDetails {
  readonly storeId: string;
  readonly details: {
    readonly name: string | null | undefined;
    readonly sales_per_hour: string | null | undefined;
    readonly target_percent: string | null | undefined;
    readonly tags: Readonly<Record<string, string | null>>;
  };
}

export const MOST_TAGS = 32;

/** Prepares to load a file of stores. Of several rows of one store, the last in the file wins. */
export async function stageDetails(tx: Transaction): Promise<Staging<StagedDetails>> {
  const stores = await StagedStores.create(tx);
  await tx`
    create temporary table staged_details (
      position bigint generated always as identity, number integer, line bigint, details jsonb
    ) on commit drop`;
  return {
    kind: "stores",
    goodRows: tx`select number from staged_details`,
    stores,
    rejectOthers: (importId, idColumn) => rejectTooManyTags(tx, importId, idColumn),
    async add(rows, lines) {
      await tx`
        insert into staged_details (number, line, details)
        select number, line, details::jsonb from unnest(
          ${await stores.number(rows)}::integer[],
          ${plainArray(lines)}::bigint[],
          ${rows.map(({ details }) => JSON.stringify(details))}::text[]
        ) with ordinality as given (number, line, details, position)
        order by position`;
    },
    async merge() {
      await takeTurn(tx, "stores");
      await stores.provide();
      await lockStores(tx, tx`select store_key from staged_keys`);
      return await updateStores(tx);
    },
  };
}

/** The tags that a row leaves its store with. */
function tagsAfter(tx: Transaction) {
  return tx`jsonb_strip_nulls(coalesce(stores.tags, '{}') || (details -> 'tags'))`;
}

/** A store may have tags already, of which the file says nothing. Another file may add some: it goes first or waits. */
async function rejectTooManyTags(tx: Transaction, importId: string, idColumn: string): Promise<number> {
  await takeTurn(tx, "stores");
  const { count } = await tx`
    with counted as (
      select number, line, store_id,
        (select count(*) from jsonb_object_keys(${tagsAfter(tx)})) as tags
      from staged_details join staged_stores using (number) left join stores using (store_id)
    ), rejected as (
      delete from staged_details using counted
      where staged_details.line = counted.line and tags > ${MOST_TAGS}
      returning counted.*
    ), faulty as (
      insert into staged_faults (number, line) select number, line from rejected
    )
    insert into rejects (import_id, line, column_name, value, reason, code, cause_line)
    select ${importId}, line, ${idColumn}, store_id,
      'is a store that would have ' || tags || ' tags, with those that it has. At most ' || ${MOST_TAGS}::integer
        || ' are possible: remove some by empty cells', 'too_many_tags', line
    from rejected`;
  return count;
}

async function updateStores(tx: Transaction): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    with updated as (${updating(tx)}), noted as (${notingChanges(tx, tx`select store_key from updated`)})
    select count(*) from updated`;
  return row?.count ?? 0;
}

function updating(tx: Transaction): Fragment {
  return tx`
    update stores set (name, sales_per_hour, target_percent, tags)
      = (after.name, after.sales_per_hour, after.target_percent, after.tags)
    from (
      select store_key, ${tagsAfter(tx)} as tags,
        case when details ? 'name' then details ->> 'name' else name end as name,
        case when details ? 'sales_per_hour' then (details ->> 'sales_per_hour')::numeric else sales_per_hour end
          as sales_per_hour,
        case when details ? 'target_percent' then (details ->> 'target_percent')::numeric else target_percent end
          as target_percent
      from (
        select distinct on (store_key) store_key, details from staged_details join staged_keys using (number)
        order by store_key, position desc
      ) latest join stores using (store_key)
    ) after
    where stores.store_key = after.store_key
      and (stores.name, stores.sales_per_hour, stores.target_percent, stores.tags)
        is distinct from (after.name, after.sales_per_hour, after.target_percent, after.tags)
    returning stores.store_key`;
}
