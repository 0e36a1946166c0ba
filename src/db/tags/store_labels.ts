import type { StoreLabels } from "../../domain/measures/result.ts";
import type { Transaction } from "../connection/client.ts";
import type { StoreRange } from "../stores/stores.ts";
import { within } from "./store_ranges.ts";

/** Names, tags, targets and sales of the stores of a range that have any of them, by id. */
export async function labelsWithin(tx: Transaction, range: StoreRange): Promise<Map<string, StoreLabels>> {
  const rows = await tx<({ storeId: string } & StoreLabels)[]>`
    select store_id as "storeId", coalesce(name, '') as name, case when tags = '{}' then '' else tags::text end as tags,
      coalesce(trim_scale(target_percent)::text, '') as target_percent,
      coalesce(trim_scale(sales_per_hour)::text, '') as sales_per_hour
    from stores
    where ${within(tx, range)}
      and (name is not null or tags <> '{}' or target_percent is not null or sales_per_hour is not null)`;
  return new Map(rows.map(({ storeId, ...labels }) => [storeId, labels]));
}
