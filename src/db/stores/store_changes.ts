import type { Interval, Micros } from "../../domain/time/interval.ts";
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

/** Notes that any stores may have changed, at any time or before an instant. */
export async function noteAnyChange(tx: Transaction, until?: Micros): Promise<void> {
  await tx`
    insert into store_changes (until) values (${until === undefined ? tx`'infinity'` : tx`instant(${until})`})`;
}

/**
 * Notes stores of which something changed other than polls and openings, as a part of a statement.
 *
 * @param keys a query of `store_key`
 */
export function notingChanges(sql: Sql | Transaction, keys: Fragment): Fragment {
  return sql`
    insert into store_changes (store_keys, since)
    select array_agg(store_key), 'infinity' from (${keys}) as changed (store_key) having count(*) > 0`;
}

/**
 * Notes stores whose polls changed, and the time of these polls, as a part of a statement. Its `fresh` has the days that it writes. Polls
 * before the end of the daily sums get a note of their own, so that one late poll among many concerns its store alone.
 *
 * @param earliest no poll of `fresh` is earlier. Undefined: not known
 */
export function notingPolls(sql: Sql | Transaction, earliest?: Micros): Fragment {
  return sql`
    insert into store_changes (store_keys, since, until)
    select array_agg(distinct store_key), case when is_late then min(first) else coalesce(
      greatest(max(horizon), ${earliest === undefined ? sql`null` : sql`instant(${earliest})`}), '-infinity'
    ) end, max(first) + interval '1 day'
    from (
      select store_key, fresh.day::timestamp at time zone 'UTC' as first, horizon,
        coalesce((fresh.day, fresh.polls) < (ends.day, ends.entry), false) as is_late
      from fresh cross join (
        select horizon, (horizon at time zone 'UTC')::date as day, poll_entry(horizon, false) as entry from trend_state
        offset 0
      ) ends
    ) noted
    group by is_late`;
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

/** A change of polls or openings. */
export interface TimedChange extends Interval {
  /** The stores concerned; undefined: all of them. */
  readonly keys: readonly number[] | undefined;
}

/**
 * Lists the changes that daily sums do not follow yet, within the time that is kept.
 *
 * @param horizon the end of that time
 */
export async function changesOfTime(tx: Transaction, seen: string, horizon: Micros): Promise<TimedChange[]> {
  const rows = await tx<{ keys: number[] | null; since: Micros | null; until: Micros | null }[]>`
    select store_keys as keys, case when isfinite(since) then micros(since) end as since,
      case when isfinite(until) then micros(until) end as until
    from store_changes where since < instant(${horizon}) and not pg_visible_in_snapshot(xid, ${seen}::pg_snapshot)`;
  return rows.map(({ keys, since, until }) => ({
    keys: keys ?? undefined,
    start: since ?? -Infinity,
    end: until ?? Infinity,
  }));
}

/** Forgets changes that every process has seen, and that trends follow. */
export async function forgetOldChanges(sql: Sql): Promise<void> {
  await sql`
    delete from store_changes using (select seen from trend_state) trends
    where at < now() - interval '10 minutes'
      and (since = 'infinity' or seen is null or pg_visible_in_snapshot(xid, seen))`;
}
