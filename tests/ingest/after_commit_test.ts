import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { Months, vacuumPartitions } from "../../src/db/polls/partitions.ts";
import { lookAfter } from "../../src/ingest/look_after.ts";
import { importText, POLLS } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

/** A pool on which some statements fail. */
function failing(sql: Sql, statement: RegExp): Sql {
  return new Proxy(sql, {
    apply(target, self, args: [unknown]) {
      const [first] = args;
      if (!Array.isArray(first) || !statement.test(first.join(""))) {
        return Reflect.apply(target, self, args);
      }
      return Promise.reject(
        new Error("canceling statement due to user request"),
      );
    },
  });
}

function manyPolls(): string {
  const start = Date.UTC(2023, 0, 1);
  const lines = Array.from(
    { length: 10_001 },
    (_, second) => `a,active,${new Date(start + second * 1000).toISOString()}`,
  );
  return [POLLS, ...lines].join("\n");
}

databaseTest(
  "a load that committed is loaded, even if the vacuum after it fails",
  async ({ sql }) => {
    const { changed } = await importText(
      failing(sql, /^\s*vacuum/),
      manyPolls(),
    );
    assert.equal(changed, 10_001);
    const [record] = await sql`select status from imports`;
    assert.equal(record?.status, "loaded");
  },
);

databaseTest(
  "a vacuum that fails for one table goes on with the others",
  async ({ sql }) => {
    await importText(sql, manyPolls());
    const months = new Months();
    months.add(Date.UTC(2023, 0, 1) * 1000);
    months.add(Date.UTC(2099, 0, 1) * 1000);
    await vacuumPartitions(sql, months);
  },
);

databaseTest(
  "a load that committed is loaded, even if the check of all stores fails",
  async ({ sql }) => {
    const result = await importText(sql, manyPolls());
    const failures: unknown[] = [];
    const { files, gaps } = await lookAfter(failing(sql, /count\(\*\)/), [
      result,
    ], (error) => failures.push(error));
    assert.deepEqual([files, gaps, failures.length], [[result], [], 1]);
  },
);
