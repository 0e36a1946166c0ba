import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "../../src/db/connection/client.ts";

/** How often it looks whether other sessions have ended. */
const PAUSE_MS = 20;

/**
 * Milliseconds that statements have taken in a database, all sessions added up. Waits until the sessions of other programs have
 * ended, since a session adds its time at its end.
 */
export async function databaseTime(sql: Sql): Promise<number> {
  while (await isUsedByOthers(sql)) await delay(PAUSE_MS);
  const [row] = await sql<{ ms: number }[]>`
    select active_time as ms from pg_stat_database where datname = current_database()`;
  return row?.ms ?? NaN;
}

async function isUsedByOthers(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ used: boolean }[]>`
    select exists (
      select from pg_stat_activity
      where datname = current_database() and backend_type = 'client backend'
        and application_name <> current_setting('application_name')
    ) as used`;
  return row?.used ?? false;
}
