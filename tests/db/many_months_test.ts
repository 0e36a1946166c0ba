import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { mergePollsIn } from "../../src/db/polls/merge_polls.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { instant } from "../support/build.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";

/** More than there are from 2000 to today. */
const MONTHS = 400;

/** Makes partitions from 1995 on, a hundred at a time, since a transaction can hold so many locks only. */
async function makePartitions(sql: Sql, months: number): Promise<void> {
  for (let from = 0; from < months; from += 100) {
    await sql`
      select provide_poll_days_of((date '1995-01-01' + month * interval '1 month')::date)
      from generate_series(${from}::integer, ${Math.min(from + 100, months) - 1}::integer) as month`;
  }
}

/** How many partitions a live poll locks, because it reads or writes them or has to plan for them. */
async function partitionsTouched(sql: Sql, storeId: string, poll: string): Promise<number> {
  const [, at = "", status] = /^(.*) (active|inactive)$/.exec(poll) ?? [];
  return await transaction(sql, async (tx) => {
    await mergePollsIn(tx, [{ storeId, active: status === "active", at: instant(at) }]);
    const [row] = await tx<{ partitions: number }[]>`
      select count(distinct relation) as partitions from pg_locks join pg_inherits on inhrelid = relation
      where inhparent = 'poll_days'::regclass and pid = pg_backend_pid()`;
    return row?.partitions ?? NaN;
  });
}

databaseTest(`a live poll touches the partitions around it alone, of ${MONTHS} that are there`, async ({ sql }) => {
  await makePartitions(sql, MONTHS);
  await putStores(sql, [
    { id: "a", zone: "UTC", polls: ["2022-11-30 09:00 active", "2023-01-25 09:00 active"] },
    { id: "far", polls: ["1995-01-01 09:00 active", "2023-01-25 09:00 active", "2028-04-01 09:00 active"] },
  ]);
  for (const storeId of ["a", "far", "new"]) {
    for (const poll of ["10:00 active", "11:00 inactive", "12:00 inactive", "13:00 active", "10:30 inactive"]) {
      const touched = await partitionsTouched(sql, storeId, `2023-01-25 ${poll}`);
      assert.ok(touched >= 1 && touched <= 3, `${storeId} ${poll}: ${touched}`);
    }
  }
});
