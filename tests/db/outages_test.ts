import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sql } from "../../src/db/connection/client.ts";
import { countPollsAfter, removePollsAfter } from "../../src/db/polls/later_polls.ts";
import { dropPartitionsBefore } from "../../src/db/polls/partitions.ts";
import { latestPoll } from "../../src/db/polls/polls.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { instant } from "../support/build.ts";
import { HOURS, importText, POLLS, storedPolls } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

/** Not many runs each: the database takes a few milliseconds a batch. Raise it after a change. */
const RUNS = { numRuns: 60 };

/** Times on both sides of a month's end, few enough that polls meet often. */
const TIMES = [
  "2022-03-05 08:00:00",
  "2022-09-10 09:00:00",
  "2022-12-30 23:00:00",
  "2022-12-31 23:59:59.999999",
  "2023-01-01 00:00:00",
  "2023-01-01 00:00:01",
  "2023-01-02 09:00:00",
  "2023-01-31 23:59:59",
  "2023-02-01 00:00:00",
  "2023-02-03 10:00:00",
  "2023-06-01 00:00:00",
];

type Poll = Record<"store" | "status" | "time", string>;

const poll: fc.Arbitrary<Poll> = fc.record({
  store: fc.constantFrom("a", "b"),
  status: fc.constantFrom("active", "inactive"),
  time: fc.constantFrom(...TIMES),
});
const polls = fc.array(poll, { maxLength: 6 });
const batches = fc.array(fc.record({ polls, live: fc.boolean() }), { minLength: 1, maxLength: 5 });

async function merge(sql: Sql, { polls, live }: { polls: readonly Poll[]; live: boolean }): Promise<void> {
  const rows = polls.map(({ store, status, time }) => ({ store_id: store, status, timestamp_utc: `${time} UTC` }));
  if (live) await ingestPolls(sql, rows);
  else await importText(sql, [POLLS, ...rows.map((row) => Object.values(row).join(","))].join("\n"));
}

/** Outages of the database as `store began ended`, in the order of time. */
async function storedOutages(sql: Sql): Promise<string[]> {
  const rows = await sql<{ outage: string }[]>`
    select store_id || ' ' || micros(began) || ' ' || case when isfinite(ended) then micros(ended)::text else 'still' end
      as outage
    from outages join stores using (store_key) order by store_id, began`;
  return rows.map(({ outage }) => outage);
}

/** The slow and obvious way: go through all polls and note where a store goes down and where it comes up again. */
async function outagesByPolls(sql: Sql): Promise<string[]> {
  const found: string[] = [];
  let down: { store: string; since: string } | undefined;
  for (const poll of [...await storedPolls(sql), "~ 0 active"]) {
    const [store = "", at = "", status] = poll.split(" ");
    if (down !== undefined && down.store !== store) {
      found.push(`${down.store} ${down.since} still`);
      down = undefined;
    }
    if (down !== undefined && status === "active") {
      found.push(`${store} ${down.since} ${at}`);
      down = undefined;
    } else if (status === "inactive") down ??= { store, since: at };
  }
  return found;
}

/** Months with polls that are not noted, and those that are noted without any. */
async function wrongMonths(sql: Sql): Promise<number> {
  const [row] = await sql<{ wrong: number }[]>`
    select count(*) as wrong from poll_months
    full join (select distinct store_key, month_of(at) as month from polls) found using (store_key, month)
    where poll_months.month is null or found.month is null`;
  return row?.wrong ?? NaN;
}

async function countPolls(sql: Sql): Promise<number> {
  const [row] = await sql<{ polls: number }[]>`select count(*) as polls from polls`;
  return row?.polls ?? NaN;
}

async function empty(sql: Sql): Promise<void> {
  await sql`truncate polls`;
  assert.deepEqual(await storedOutages(sql), []);
}

databaseTest(
  "R55: whatever order polls come in, and in whatever batches, outages are those that all polls tell",
  async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(batches, async (split) => {
        await empty(sql);
        for (const batch of split) {
          await merge(sql, batch);
          assert.deepEqual(await storedOutages(sql), await outagesByPolls(sql));
          assert.equal(await wrongMonths(sql), 0);
        }
      }),
      RUNS,
    );
  },
);

databaseTest("R55: outages are right when batches of one store are merged at the same time", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(polls, { minLength: 2, maxLength: 8 }), async (split) => {
      await empty(sql);
      await Promise.all(split.map((polls) => merge(sql, { polls, live: true })));
      assert.deepEqual(await storedOutages(sql), await outagesByPolls(sql));
    }),
    RUNS,
  );
});

databaseTest("R55: outages are those of the polls that are left when months are dropped", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(polls, fc.constantFrom("2023-01-01 00:00:00", "2023-02-01 00:00:00"), async (polls, before) => {
      await empty(sql);
      await merge(sql, { polls, live: true });
      await dropPartitionsBefore(sql, instant(before));
      assert.deepEqual(await storedOutages(sql), await outagesByPolls(sql));
      assert.equal(await wrongMonths(sql), 0);
    }),
    RUNS,
  );
});

databaseTest("what is noted of polls is right when those after an instant are removed", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(polls, fc.constantFrom("2022-08-01 00:00:00", ...TIMES), async (polls, after) => {
      await empty(sql);
      await merge(sql, { polls, live: true });
      const counted = (await countPollsAfter(sql, instant(after))).reduce((sum, { polls }) => sum + polls, 0);
      const before = await countPolls(sql);
      await removePollsAfter(sql, instant(after));
      assert.equal(await countPolls(sql), before - counted);
      const [row] = await sql<{ latest: number | null }[]>`select micros(max(at)) as latest from polls`;
      assert.ok((row?.latest ?? 0) <= instant(after));
      assert.equal(await latestPoll(sql), row?.latest ?? undefined);
      assert.deepEqual(await storedOutages(sql), await outagesByPolls(sql));
      assert.equal(await wrongMonths(sql), 0);
    }),
    RUNS,
  );
});

databaseTest("R55: outages are right after polls were deleted by hand", async ({ sql }) => {
  const status = (time: string, index: number) => ({
    store: "a",
    time,
    status: index % 3 === 1 ? "active" : "inactive",
  });
  await merge(sql, { polls: TIMES.map(status), live: true });
  await sql`delete from polls where active or at < '2023-01-01 00:00:01Z'`;
  assert.deepEqual(await storedOutages(sql), await outagesByPolls(sql));
  assert.equal((await storedOutages(sql)).length, 1);
  assert.equal(await wrongMonths(sql), 0);
});

databaseTest("stores carry their hours as business_hours has them, whoever alters those", async ({ sql }) => {
  const stale = async () =>
    (await sql`
      select store_id from stores where hours is distinct from (
        select string_agg(int2send(day) || time_send(start_time) || time_send(end_time), '' order by day, start_time, end_time)
        from business_hours where business_hours.store_key = stores.store_key
      )`).map(({ store_id }) => store_id);
  await importText(sql, [HOURS, "a,0,09:00,12:00", "a,1,09:00,24:00", "b,0,09:00,12:00"].join("\n"));
  assert.deepEqual(await stale(), []);
  await importText(sql, [HOURS, "a,1,09:00,24:00", "a,2,08:30:00.5,12:00"].join("\n"));
  assert.deepEqual(await stale(), []);
  await sql`update business_hours set store_key = (select store_key from stores where store_id = 'b') where day = 2`;
  assert.deepEqual(await stale(), []);
  await sql`delete from business_hours where day = 1`;
  assert.deepEqual(await stale(), []);
  await sql`truncate business_hours`;
  assert.deepEqual(await stale(), []);
});
