import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { instant } from "../support/build.ts";
import { storedPolls } from "../support/csv_file.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { environmentOf, runTask } from "../support/run_task.ts";

/** What may be wrong with stored polls: how to break them, what the command says, and which polls are left after a repair. */
const DAMAGES: Record<string, { damage: (sql: Sql) => Promise<unknown>; says: RegExp; left: string[] }> = {
  "polls out of order, and an instant twice": {
    damage: (sql) => sql`update poll_days set polls = substr(polls, 6) || polls`,
    says: /the day 2023-01-25 of the store with key \d+ has polls out of order/,
    left: ["09:00 inactive", "10:00 active"],
  },
  "an entry beyond the day": {
    damage: (sql) => sql`update poll_days set polls = decode('ffffffffff', 'hex') || polls`,
    says: /has polls out of order/,
    left: ["09:00 inactive", "10:00 active"],
  },
  "a day of no store": {
    damage: (sql) => sql`insert into poll_days (store_key, day, polls) select 999, day, polls from poll_days`,
    says: /the day 2023-01-25 of the store with key 999 belongs to no store/,
    left: ["09:00 inactive", "10:00 active"],
  },
  "a partition with another name": {
    damage: (sql) => sql`alter table poll_days_2023_01 rename to january`,
    says: /the partition of 2023-01 is called january, not poll_days_2023_01/,
    left: ["09:00 inactive", "10:00 active"],
  },
  "another latest poll": {
    damage: (sql) => sql`update latest_polls set at = at + interval '1 hour'`,
    says: /the latest poll is 2023-01-25T10:00:00.000Z, but 2023-01-25T11:00:00.000Z is noted/,
    left: ["09:00 inactive", "10:00 active"],
  },
  "polls that were deleted by hand": {
    damage: (sql) => sql`delete from poll_days`,
    says: /the latest poll is none, but 2023-01-25T10:00:00.000Z is noted/,
    left: [],
  },
  "a store that is not marked": {
    damage: (sql) => sql`update stores set polled = false`,
    says: /stores that have polls and are not marked as polled: 1/,
    left: ["09:00 inactive", "10:00 active"],
  },
};

async function withPolls(work: (database: TestDatabase, env: Record<string, string>) => Promise<void>): Promise<void> {
  const database = await openTestDatabase();
  try {
    await putStores(database.sql, [{ id: "s", polls: ["09:00 inactive", "10:00 active"] }]);
    await work(database, environmentOf(database.address));
  } finally {
    await database.close();
  }
}

for (const [name, { damage, says, left }] of Object.entries(DAMAGES)) {
  Deno.test(`check finds and mends ${name}`, () =>
    withPolls(async ({ sql }, env) => {
      await damage(sql);
      const found = await runTask("check", [], env);
      assert.equal(found.code, 1, found.out);
      assert.match(found.out, says);
      assert.match(found.err, /1 fault found\. Mend them: deno task check --repair/);
      const mended = await runTask("check", ["--repair"], env);
      assert.deepEqual([mended.code, mended.err], [0, ""]);
      assert.match(mended.out, /nothing is wrong\n$/);
      const expected = left.map((poll) => `s ${instant(poll.slice(0, 5))} ${poll.slice(6)}`);
      assert.deepEqual(await storedPolls(sql), expected);
      assert.equal(await latestPoll(sql), left.length === 0 ? undefined : instant("10:00"));
      // The next poll finds its partition.
      assert.equal(await mergePolls(sql, [{ storeId: "s", active: true, at: instant("11:00") }]), 1);
    }));
}

Deno.test("check says how many polls it checked", () =>
  withPolls(async (_, env) => {
    const { code, out, err } = await runTask("check", [], env);
    assert.deepEqual([code, out, err], [0, "2 polls checked: nothing is wrong\n", ""]);
  }));
