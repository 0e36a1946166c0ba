import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { dropPartitionsBefore } from "../../src/db/polls/partitions.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { instant } from "../support/build.ts";
import { databaseTest } from "../support/database.ts";

async function partitions(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'poll_days'::regclass order by 1`;
  return rows.map(({ name }) => name);
}

async function feed(sql: Sql, ...times: string[]): Promise<void> {
  const polls = times.map((time) => ({ store_id: "s", status: "active", timestamp_utc: `${time}Z` }));
  assert.equal((await ingestPolls(sql, polls)).accepted, times.length);
}

databaseTest("the partition of a month is made as its polls arrive, late and out of order too", async ({ sql }) => {
  await feed(sql, "2023-03-31T23:59:59.999999", "2023-04-01T00:00:00", "2022-12-31T23:00:00");
  await feed(sql, "2023-01-05T10:00:00", "2020-02-29T10:00:00");
  assert.deepEqual(await partitions(sql), [
    "poll_days_2020_02",
    "poll_days_2022_12",
    "poll_days_2023_01",
    "poll_days_2023_03",
    "poll_days_2023_04",
  ]);
  const rows = await sql<{ at: string }[]>`select distinct tableoid::regclass::text as at from poll_days order by 1`;
  assert.deepEqual(rows.map(({ at }) => at), await partitions(sql));
});

databaseTest("twenty feeds that meet a new month at once make one partition", async ({ sql }) => {
  const months = ["2023-01", "2023-02", "2023-03"];
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => feed(sql, ...months.map((month) => `${month}-01T00:00:${10 + n}`))),
  );
  assert.equal((await partitions(sql)).length, 3);
  const [row] = await sql<{ polls: number }[]>`select count(*) as polls from polls`;
  assert.equal(row?.polls, 60);
});

databaseTest("only whole months before the date are dropped, and as-of stays right", async ({ sql }) => {
  await feed(sql, "2022-11-30T23:00:00", "2022-12-31T23:00:00", "2023-01-05T10:00:00");
  assert.deepEqual(await dropPartitionsBefore(sql, instant("2022-12-31 23:59:59")), ["poll_days_2022_11"]);
  assert.deepEqual(await dropPartitionsBefore(sql, instant("2023-01-01 00:00:00")), ["poll_days_2022_12"]);
  assert.equal(await latestPoll(sql), instant("2023-01-05 10:00:00"));
  assert.deepEqual(await dropPartitionsBefore(sql, instant("2024-01-01 00:00:00")), ["poll_days_2023_01"]);
  assert.equal(await latestPoll(sql), undefined);
  await feed(sql, "2022-12-31T23:00:00");
  assert.equal(await latestPoll(sql), instant("2022-12-31 23:00:00"));
});

databaseTest("R17: the latest poll is known after loads and merges", async ({ sql }) => {
  assert.equal(await latestPoll(sql), undefined);
  await feed(sql, "2023-01-05T10:00:00", "2023-01-05T11:00:00.000001");
  await feed(sql, "2023-01-05T09:00:00");
  assert.equal(await latestPoll(sql), instant("2023-01-05 11:00:00.000001"));
});

databaseTest(
  "months are dropped as soon as a report that reads them is done, which is not held up meanwhile",
  async ({ sql }) => {
    await feed(sql, "2022-11-30T23:00:00", "2023-01-05T10:00:00");
    const dropping = await transaction(sql, async (tx) => {
      await tx`select count(*) from polls`;
      const dropping = dropPartitionsBefore(sql, instant("2023-01-01 00:00:00"));
      for (let looks = 0; looks < 5; looks++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await sql`set lock_timeout = '2s'`;
        await sql`select count(*) from polls`;
      }
      return { dropping };
    });
    assert.deepEqual(await dropping.dropping, ["poll_days_2022_11"]);
  },
);
