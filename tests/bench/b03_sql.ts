import type { Sql, Transaction } from "../../src/db/connection/client.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { reportSql } from "../support/sql_reference.ts";
import { assertSameReport, type SqlRow } from "./agreement.ts";
import type { Bench } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { POLLS_INDEX, postgresReport } from "./fast_sql.ts";
import { alternate, median, ratio, timed } from "./measure.ts";
import { providePlainPolls } from "./plain_polls.ts";
import { Service } from "./service.ts";

/** The same report by plain Postgres: rows, the index that the statement likes best, and no program beside it. */
export const sql: Bench = {
  id: "B3",
  name: "report over HTTP ÷ one statement in Postgres",
  async run(context) {
    await using fleet = await context.fleet();
    await providePlainPolls(fleet.sql);
    await fleet.sql.unsafe(POLLS_INDEX);
    await using service = await Service.startWarm(context, fleet.address);
    const statement = postgresReport(fleet.asOf);
    await assertSameReport(service, await rowsOf(fleet.sql, statement));
    const pairs = await alternate(
      context.options.runs,
      () => service.report(),
      () => timed(() => discard(fleet.sql, statement)),
    );
    return {
      measures: [ratio("report ÷ SQL", pairs, { most: 0.2 })],
      detail: {
        "report ms": median(pairs.ours),
        "SQL over rows ms": median(pairs.theirs),
        "SQL of the tests, in sets of time, over rows ms": await timeSimple(fleet),
      },
    };
  },
};

async function rowsOf(sql: Sql, statement: string): Promise<SqlRow[]> {
  const rows = await sql.unsafe<Record<string, string | number>[]>(statement);
  return rows.map((row) => Object.values(row));
}

/** The statement of the tests, which reads `polls`. */
async function timeSimple({ sql, asOf }: Fleet): Promise<number> {
  return await transaction(sql, async (tx) => {
    await tx`create temporary view polls as select * from plain_polls`;
    return await timed(() => discard(tx, reportSql("step", asOf)));
  });
}

/** Lets Postgres make all rows, and send none. */
async function discard(sql: Sql | Transaction, statement: string): Promise<void> {
  await sql.unsafe(`copy (${statement}) to '/dev/null'`);
}
