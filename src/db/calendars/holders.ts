import type { Sql } from "../connection/client.ts";

/** A store that an exclusion is for. */
export interface Holder {
  readonly storeId: string;
  readonly name: string | undefined;
}

/** The stores of some exclusions, in the order of ids. */
export async function holdersOf(sql: Sql, exclusionIds: readonly string[]): Promise<Map<string, Holder[]>> {
  if (exclusionIds.length === 0) return new Map();
  const rows = await sql<{ exclusionId: string; storeId: string; name: string | null }[]>`
    select exclusion_id as "exclusionId", store_id as "storeId", name
    from exclusion_stores join stores using (store_key)
    where exclusion_id = any(${[...exclusionIds]}::uuid[]) order by store_id`;
  const holders = Map.groupBy(rows, ({ exclusionId }) => exclusionId);
  return new Map(
    [...holders].map(([id, stores]) => [
      id,
      stores.map(({ storeId, name }) => ({ storeId, name: name ?? undefined })),
    ]),
  );
}
