import assert from "node:assert/strict";
import fc from "fast-check";
import { MinuteCounts } from "../../src/db/access/minute_counts.ts";
import { RateLimit } from "../../src/db/access/rate_limit.ts";
import { databaseTest } from "../support/database.ts";
import { until } from "../support/until.ts";

Deno.test("a minute begins with what is counted first, for each on its own", () => {
  const step = fc.record({ who: fc.constantFrom("a", "b"), wait: fc.nat(40_000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const counts = new MinuteCounts();
      const begun = new Map<string, { at: number; count: number }>();
      let now = 0;
      for (const { who, wait } of steps) {
        now += wait;
        const minute = begun.get(who);
        const known = minute !== undefined && now < minute.at + 60_000 ? minute : { at: now, count: 0 };
        known.count++;
        begun.set(who, known);
        assert.deepEqual(counts.add(who, now), { count: known.count, leftMs: known.at + 60_000 - now });
      }
    }),
    { numRuns: 100 },
  );
});

databaseTest("one process lets exactly the limit pass, also if all ask at once", async ({ sql }) => {
  const limit = new RateLimit(sql, { name: "key", perMinute: 100 });
  const taken = await Promise.all(Array.from({ length: 130 }, () => limit.take("a")));
  assert.equal(taken.filter(({ isOver }) => !isOver).length, 100);
  assert.equal(taken.findIndex(({ isOver }) => isOver), 100);
  assert.deepEqual(taken.slice(98, 102).map(({ left }) => left), [1, 0, 0, 0]);
  assert.equal((await limit.take("b")).isOver, false);
  await until(async () => await shared(sql) === 100, "the parts are added up");
});

databaseTest("several processes share a limit, but for a tenth each", async ({ sql }) => {
  const processes = Array.from({ length: 3 }, () => new RateLimit(sql, { name: "key", perMinute: 200 }));
  let passed = 0;
  for (let round = 0; round < 200; round++) {
    for (const limit of processes) if (!(await limit.take("a")).isOver) passed++;
  }
  assert.ok(passed >= 200 && passed <= 200 + 3 * 20, `${passed} passed`);
});

databaseTest("without Postgres a process counts alone", async ({ sql }) => {
  await sql`drop table rate_limits cascade`;
  const limit = new RateLimit(sql, { name: "key", perMinute: 20 });
  let passed = 0;
  for (let request = 0; request < 25; request++) if (!(await limit.take("a")).isOver) passed++;
  assert.equal(passed, 20);
});

type Sql = Parameters<Parameters<typeof databaseTest>[1]>[0]["sql"];

async function shared(sql: Sql): Promise<number> {
  const [row] = await sql<{ points: number }[]>`select coalesce(max(points), 0)::integer as points from rate_limits`;
  return row?.points ?? 0;
}
