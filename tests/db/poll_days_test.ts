import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sql } from "../../src/db/connection/client.ts";
import { findPollFaults } from "../../src/db/polls/check_days.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { countPollsAfter, removePollsAfter } from "../../src/db/polls/later_polls.ts";
import { countPollsBefore, dropPartitionsBefore, Months } from "../../src/db/polls/partitions.ts";
import { stagePolls } from "../../src/db/polls/stage_polls.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { instant } from "../support/build.ts";
import { importText, POLLS, storedPolls } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { emptyPolls } from "../support/fleet.ts";

/** Not many runs each: the database takes a few milliseconds a batch. Raise it after a change. */
const RUNS = { numRuns: 60 };

/** Times on both sides of the ends of days and months, few enough that polls meet often. */
const TIMES = [
  "2022-03-05 08:00:00",
  "2022-12-30 23:00:00",
  "2022-12-31 23:59:59.999999",
  "2023-01-01 00:00:00",
  "2023-01-01 00:00:01",
  "2023-01-01 00:00:01.000001",
  "2023-01-02 09:00:00",
  "2023-01-31 23:59:59",
  "2023-02-01 00:00:00",
  "2023-06-01 00:00:00",
];

type Poll = Record<"store" | "status" | "time", string>;

const poll: fc.Arbitrary<Poll> = fc.record({
  store: fc.constantFrom("a", "b"),
  status: fc.constantFrom("active", "inactive"),
  time: fc.oneof(
    fc.constantFrom(...TIMES),
    fc.integer({ min: 0, max: 99 }).map((n) => `2023-01-02 10:00:00.0000${10 + n}`),
  ),
});
const polls = fc.array(poll, { maxLength: 8 });
const batches = fc.array(fc.record({ polls, live: fc.boolean() }), { minLength: 1, maxLength: 5 });

/** The slow and obvious way: a map of polls, in which inactive wins. */
class Expected {
  readonly #polls = new Map<string, string>();

  /** @returns how many polls were added or altered */
  add(polls: readonly Poll[]): number {
    const before = new Map(this.#polls);
    for (const { store, status, time } of polls) {
      const key = `${store} ${instant(time)}`;
      if (this.#polls.get(key) !== "inactive") this.#polls.set(key, status);
    }
    return [...this.#polls].filter(([key, status]) => before.get(key) !== status).length;
  }

  keep(isKept: (at: number) => boolean): void {
    for (const key of [...this.#polls.keys()]) if (!isKept(Number(key.split(" ")[1]))) this.#polls.delete(key);
  }

  get polls(): string[] {
    return [...this.#polls].map(([key, status]) => `${key} ${status}`).sort();
  }

  get latest(): number | undefined {
    const instants = [...this.#polls.keys()].map((key) => Number(key.split(" ")[1]));
    return instants.length === 0 ? undefined : Math.max(...instants);
  }
}

async function merge(sql: Sql, { polls, live }: { polls: readonly Poll[]; live: boolean }): Promise<number> {
  const rows = polls.map(({ store, status, time }) => ({ store_id: store, status, timestamp_utc: `${time} UTC` }));
  if (live) return (await ingestPolls(sql, rows)).changed;
  return (await importText(sql, [POLLS, ...rows.map((row) => Object.values(row).join(","))].join("\n"))).changed;
}

async function assertStored(sql: Sql, expected: Expected): Promise<void> {
  assert.deepEqual(await storedPolls(sql), expected.polls);
  assert.equal(await latestPoll(sql), expected.latest);
  assert.deepEqual(await Array.fromAsync(findPollFaults(sql)), []);
}

databaseTest(
  "R12, R45: whatever order polls come in, and in whatever batches, each is stored once and inactive wins",
  async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(batches, async (split) => {
        await emptyPolls(sql);
        const expected = new Expected();
        for (const batch of split) {
          assert.equal(await merge(sql, batch), expected.add(batch.polls), "changed");
          await assertStored(sql, expected);
          assert.equal(await merge(sql, batch), 0, "the same again changes nothing");
        }
      }),
      RUNS,
    );
  },
);

databaseTest("polls of one store that come at the same time are all stored", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(batches, async (split) => {
      await emptyPolls(sql);
      const expected = new Expected();
      await Promise.all(split.map((batch) => merge(sql, batch)));
      for (const { polls } of split) expected.add(polls);
      await assertStored(sql, expected);
    }),
    RUNS,
  );
});

databaseTest("a file that is too large for memory is stored as any other", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(polls, polls, fc.integer({ min: 1, max: 4 }), async (before, polls, mostInMemory) => {
      await emptyPolls(sql);
      const expected = new Expected();
      await merge(sql, { polls: before, live: true });
      expected.add(before);
      const changed = await transaction(sql, async (tx) => {
        const staging = await stagePolls(tx, { sql, months: new Months(), mostInMemory });
        for (const { store, status, time } of polls) {
          await staging.add([{ storeId: store, active: status === "active", at: instant(time) }], [2]);
        }
        return await staging.merge();
      });
      assert.equal(changed, expected.add(polls));
      await assertStored(sql, expected);
    }),
    RUNS,
  );
});

databaseTest("when months are dropped, the other polls and the latest one stay right", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(polls, fc.constantFrom("2023-01-01 00:00:00", "2023-02-01 00:00:00"), async (polls, before) => {
      await emptyPolls(sql);
      const expected = new Expected();
      await merge(sql, { polls, live: true });
      expected.add(polls);
      const all = expected.polls.length;
      expected.keep((at) => at >= instant(before));
      const counted = (await countPollsBefore(sql, instant(before))).reduce((sum, { polls }) => sum + polls, 0);
      assert.equal(counted, all - expected.polls.length);
      await dropPartitionsBefore(sql, instant(before));
      await assertStored(sql, expected);
    }),
    RUNS,
  );
});

databaseTest("when polls after an instant are removed, the other ones and the latest stay right", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(polls, fc.constantFrom("2022-08-01 00:00:00", ...TIMES), async (polls, after) => {
      await emptyPolls(sql);
      const expected = new Expected();
      await merge(sql, { polls, live: true });
      expected.add(polls);
      const all = expected.polls.length;
      expected.keep((at) => at <= instant(after));
      const counted = (await countPollsAfter(sql, instant(after))).reduce((sum, { polls }) => sum + polls, 0);
      assert.equal(counted, all - expected.polls.length);
      await removePollsAfter(sql, instant(after));
      await assertStored(sql, expected);
    }),
    RUNS,
  );
});
