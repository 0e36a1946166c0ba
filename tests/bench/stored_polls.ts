import type { Sql } from "../../src/db/connection/client.ts";

/** How many polls are stored, exactly. */
export async function countStored(sql: Sql): Promise<number> {
  const [row] = await sql<{ polls: number }[]>`
    select coalesce(sum(length(polls)) / 5, 0)::bigint as polls from poll_days`;
  return row?.polls ?? NaN;
}

/** The bytes of all their tables on disk, with indexes and what is stored apart. */
export async function storedBytes(sql: Sql): Promise<number> {
  const [row] = await sql<{ bytes: number }[]>`
    select sum(pg_total_relation_size(relid))::bigint as bytes from pg_partition_tree('poll_days') where isleaf`;
  return row?.bytes ?? NaN;
}
