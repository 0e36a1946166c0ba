import type { Sql, Transaction } from "../connection/client.ts";
import { notingChanges } from "./store_changes.ts";

/** What is known of a store itself. */
export interface StoreDetails {
  readonly name: string | undefined;
  /** The one that it has; without one the default counts. */
  readonly timezone: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Decimal digits. */
  readonly salesPerHour: string | undefined;
  readonly targetPercent: string | undefined;
}

type DetailsRow = { readonly [Key in Exclude<keyof StoreDetails, "tags">]: string | null } & Pick<StoreDetails, "tags">;

export async function getDetails(sql: Sql | Transaction, storeId: string): Promise<StoreDetails | undefined> {
  const [row] = await sql<DetailsRow[]>`
    select name, timezone, tags, sales_per_hour::text as "salesPerHour", target_percent::text as "targetPercent"
    from stores where store_id = ${storeId}`;
  return row && {
    name: row.name ?? undefined,
    timezone: row.timezone ?? undefined,
    tags: row.tags,
    salesPerHour: row.salesPerHour ?? undefined,
    targetPercent: row.targetPercent ?? undefined,
  };
}

export async function updateDetails(
  tx: Transaction,
  storeKey: number,
  { name, timezone, tags, salesPerHour, targetPercent }: StoreDetails,
): Promise<void> {
  await tx`
    update stores set name = ${name ?? null}, timezone = ${timezone ?? null}, tags = ${
    JSON.stringify(tags)
  }::text::jsonb,
      sales_per_hour = ${salesPerHour ?? null}::text::numeric, target_percent = ${targetPercent ?? null}::text::numeric
    where store_key = ${storeKey}`;
  await notingChanges(tx, tx`select ${storeKey}::integer`);
}
