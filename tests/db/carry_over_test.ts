import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sql } from "../../src/db/connection/client.ts";
import { carryOverRows, hasRows } from "../../src/db/polls/carry_over.ts";
import { findPollFaults } from "../../src/db/polls/check_days.ts";
import { migrate } from "../../src/db/postgres/migrate.ts";
import { storedPolls } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { schemaOf } from "../support/old_schema.ts";

/** The last version that stored a row for each poll. */
const ROWS_OF_POLLS = 14;
const START = Date.UTC(2022, 9, 30) * 1000;

const rows = fc.uniqueArray(
  fc.record({
    store: fc.constantFrom("a", "b", "c"),
    at: fc.oneof(
      fc.integer({ min: 0, max: 100 * 86_400_000_000 }),
      // The first and last microseconds of days, and of months.
      fc.integer({ min: 0, max: 100 }).map((day) => day * 86_400_000_000),
      fc.integer({ min: 1, max: 100 }).map((day) => day * 86_400_000_000 - 1),
    ).map((micros) => START + micros),
    active: fc.boolean(),
  }),
  {
    selector: ({ store, at }) => `${store} ${at}`,
    minLength: 1,
    maxLength: 60,
  },
);

interface Row {
  readonly store: string;
  readonly at: number;
  readonly active: boolean;
}

/** The database of a version that stored rows, with some in it. */
async function oldDatabase(sql: Sql, rows: readonly Row[]): Promise<void> {
  await schemaOf(sql, ROWS_OF_POLLS);
  await sql`insert into stores (store_id) values ('a'), ('b'), ('c')`;
  await sql`
    select provide_polls_of((date '2022-10-01' + month * interval '1 month')::date) from generate_series(0, 5) as month`;
  await sql`
    insert into polls (store_key, at, active)
    select store_key, instant(at), active from unnest(
      ${rows.map(({ store }) => store)}::text[], ${rows.map(({ at }) => at)}::bigint[],
      ${sql.array(rows.map(({ active }) => active), 1000)}
    ) as given (store_id, at, active) join stores using (store_id)`;
  await sql`update stores set polled = true where store_id = any(${rows.map(({ store }) => store)}::text[])`;
}

function expected(rows: readonly Row[]): string[] {
  return rows.map(({ store, at, active }) => `${store} ${at} ${active ? "active" : "inactive"}`).sort();
}

databaseTest(
  "a database of the version before is carried over whole, also if it is interrupted",
  async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 4 }),
        async (rows, months) => {
          await oldDatabase(sql, rows);
          await migrate(sql);
          let done = 0;
          const interrupted = carryOverRows(sql, () => {
            if (++done === months) throw new Error("interrupted");
          });
          await interrupted.catch(() => {});
          assert.ok(await hasRows(sql));
          // Two processes that start at once take turns.
          await Promise.all([carryOverRows(sql), carryOverRows(sql)]);
          assert.equal(await hasRows(sql), false);
          assert.deepEqual(await storedPolls(sql), expected(rows));
          assert.deepEqual(await Array.fromAsync(findPollFaults(sql)), []);
        },
      ),
      { numRuns: 10, endOnFailure: true },
    );
  },
);
