import type { Micros } from "../../domain/time/interval.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";

/** A moment of the database that was read. */
export interface Seen {
  /** What was committed then, as Postgres writes it. */
  readonly snapshot: string;
  /** By the database's clock. */
  readonly at: Micros;
}

/** What changed since another moment. */
export interface StoreChanges {
  readonly now: Seen;
  /** The keys of the stores that changed; `all` if it may be any of them. */
  readonly keys: ReadonlySet<number> | "all";
}

/** Changes are forgotten after ten minutes. A process that looked longer ago than this has to read all stores. */
const REMEMBERED: Micros = 5 * 60 * 1_000_000;

/** Notes that any stores may have changed. */
export async function noteAnyChange(tx: Transaction): Promise<void> {
  await tx`insert into store_changes default values`;
}

/**
 * Notes stores whose polls changed, as a part of a statement.
 *
 * @param keys a query of `store_key`
 */
export function notingChanges(sql: Sql | Transaction, keys: Fragment): Fragment {
  return sql`
    insert into store_changes (store_keys)
    select array_agg(store_key) from (${keys}) as changed (store_key) having count(*) > 0`;
}

/** Lists what changed since a moment, for a transaction that sees one snapshot. Without a moment, everything did. */
export async function changesSince(tx: Transaction, seen: Seen | undefined): Promise<StoreChanges> {
  const [row] = await tx<{ snapshot: string; at: Micros }[]>`
    select pg_current_snapshot()::text as snapshot, micros(now()) as at`;
  if (row === undefined) throw new Error("Postgres did not name its snapshot");
  if (seen === undefined || row.at - seen.at > REMEMBERED) return { now: row, keys: "all" };
  const rows = await tx<{ keys: number[] | null }[]>`
    select store_keys as keys from store_changes where not pg_visible_in_snapshot(xid, ${seen.snapshot}::pg_snapshot)`;
  const keys = new Set<number>();
  for (const { keys: changed } of rows) {
    if (changed === null) return { now: row, keys: "all" };
    for (const key of changed) keys.add(key);
  }
  return { now: row, keys };
}

/** Forgets changes that every process has seen. */
export async function forgetOldChanges(sql: Sql): Promise<void> {
  await sql`delete from store_changes where at < now() - interval '10 minutes'`;
}
