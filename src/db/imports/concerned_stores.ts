import { type AuditedStores, MOST_STORES_LISTED } from "../audit/audit.ts";
import type { Transaction } from "../connection/client.ts";
import type { Staging } from "../stores/staging.ts";

/** The stores that a merged file changed, for the audit. Those of polls are only counted: files of polls may come each hour. */
export async function concernedStores(
  tx: Transaction,
  { kind, goodRows }: Pick<Staging<never>, "kind" | "goodRows">,
): Promise<AuditedStores> {
  const isListed = kind !== "polls";
  const [found] = await tx<{ total: number; ids: string[] | null; isForAll: boolean }[]>`
    with concerned as (select distinct store_id from staged_keys join stores using (store_key) where not faulty)
    select count(*) as total,
      case when ${isListed} and count(*) <= ${MOST_STORES_LISTED} then coalesce(array_agg(store_id), '{}') end as ids,
      ${isListed ? tx`exists (select from (${goodRows}) good where number = 0)` : tx`false`} as "isForAll"
    from concerned`;
  const { total = 0, ids = null, isForAll = false } = found ?? {};
  return { total, ids: ids ?? undefined, isForAll };
}
