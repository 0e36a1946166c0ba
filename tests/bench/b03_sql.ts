import type { Sql } from "../../src/db/connection/client.ts";
import { reportSql } from "../support/sql_reference.ts";
import { assertSameReport, type SqlRow } from "./agreement.ts";
import type { Bench } from "./bench.ts";
import { POLLS_INDEX, postgresReport, postgresReportOfOutages } from "./fast_sql.ts";
import { alternate, median, ratio, timed } from "./measure.ts";
import { Service } from "./service.ts";

/** The same report by the database that has the polls, without us. */
export const sql: Bench = {
  id: "B3",
  name: "report over HTTP ÷ one statement in Postgres",
  async run(context) {
    await using fleet = await context.fleet();
    await using service = await Service.startWarm(context, fleet.address);
    const statement = postgresReport(fleet.asOf);
    const withOutages = postgresReportOfOutages(fleet.asOf);
    await fleet.sql.unsafe(POLLS_INDEX);
    await fleet.sql`vacuum (analyze) polls`;
    for (const sql of [statement, withOutages]) await assertSameReport(service, await rowsOf(fleet.sql, sql));
    const against = (sql: string) =>
      alternate(context.options.runs, () => service.report(), () => timed(() => discard(fleet.sql, sql)));
    const pairs = await against(statement);
    const close = await against(withOutages);
    return {
      measures: [ratio("report ÷ SQL", pairs, { most: 0.1 })],
      detail: {
        "report ms": median(pairs.ours),
        "SQL over polls ms": median(pairs.theirs),
        "SQL over our outages ms": median(close.theirs),
        "SQL of the tests, in sets of time, ms": await timed(() => discard(fleet.sql, reportSql("step", fleet.asOf))),
      },
    };
  },
};

async function rowsOf(sql: Sql, statement: string): Promise<SqlRow[]> {
  const rows = await sql.unsafe<Record<string, string | number>[]>(statement);
  return rows.map((row) => Object.values(row));
}

/** Lets Postgres make all rows, and send none. */
async function discard(sql: Sql, statement: string): Promise<void> {
  await sql.unsafe(`copy (${statement}) to '/dev/null'`);
}
