import type { Sql } from "../../src/db/connection/client.ts";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { instant } from "./build.ts";

/** A store as a test puts it into the database. */
export interface TestStore {
  readonly id: string;
  readonly zone?: string;
  /** Day, start and end: `[0, "09:00", "17:00"]`. */
  readonly hours?: readonly [number, string, string][];
  /** `"09:00 active"`, or `"2023-01-24 09:00 inactive"`, in UTC. */
  readonly polls?: readonly string[];
}

/** Puts stores with all that is known of them straight into the tables. */
export async function putStores(sql: Sql, stores: readonly TestStore[]): Promise<void> {
  for (const { id, zone, hours = [], polls = [] } of stores) {
    await sql`insert into stores (store_id, timezone) values (${id}, ${zone ?? null}) on conflict do nothing`;
    for (const [day, start, end] of hours) {
      await sql`insert into business_hours
        select store_key, ${day}::smallint, ${start}::time, ${end}::time from stores where store_id = ${id}`;
    }
    await putPolls(sql, id, polls);
  }
}

export async function putPolls(sql: Sql, storeId: string, polls: readonly string[]): Promise<void> {
  for (const poll of polls) {
    const [, at = "", status] = /^(.*) (active|inactive)$/.exec(poll) ?? [];
    await mergePolls(sql, [{ storeId, active: status === "active", at: instant(at) }]);
  }
}

/** Removes all polls, as if none had ever come. */
export async function emptyPolls(sql: Sql): Promise<void> {
  await sql`truncate poll_days, latest_polls`;
  await sql`update stores set polled = false where polled`;
}
