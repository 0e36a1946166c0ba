import type { Sql } from "../../src/db/connection/client.ts";
import { assertSameReport } from "./agreement.ts";
import type { Bench } from "./bench.ts";
import type { BenchContext } from "./context.ts";
import { DuckDb } from "./duckdb.ts";
import { duckdbReport } from "./fast_sql.ts";
import { alternate, median, ratio } from "./measure.ts";
import { Service } from "./service.ts";

const THREADS = 2;

/** The same report by an analytical database that has the data in its own tables already. */
export const duckdb: Bench = {
  id: "B2",
  name: "report over HTTP ÷ one statement in DuckDB, two threads",
  async run(context) {
    await using fleet = await context.fleet();
    await using service = await Service.startWarm(context, fleet.address);
    await using duckdb = new DuckDb(THREADS);
    await handOver(context, fleet.sql, duckdb);
    const statement = duckdbReport(fleet.asOf);
    await assertSameReport(service, await duckdb.rows(statement));
    const pairs = await alternate(context.options.runs, () => service.report(), () => duckdb.time(statement));
    const [[version = ""] = []] = await duckdb.rows("select version()");
    return {
      measures: [ratio("report ÷ DuckDB", pairs, { most: 0.25 })],
      detail: { "report ms": median(pairs.ours), "DuckDB ms": median(pairs.theirs), DuckDB: version },
    };
  },
};

/** Gives DuckDB the tables, polls in the order that suits it best. */
async function handOver({ exchange }: BenchContext, sql: Sql, duckdb: DuckDb): Promise<void> {
  const tables: Record<string, { read: string; columns: string }> = {
    stores: {
      read: "select store_key, store_id, timezone from stores",
      columns: "{store_key: 'integer', store_id: 'varchar', timezone: 'varchar'}",
    },
    business_hours: {
      read: `select store_key, day, extract(epoch from start_time)::bigint as start_time,
        extract(epoch from end_time)::bigint as end_time from business_hours`,
      columns: "{store_key: 'integer', day: 'integer', start_time: 'bigint', end_time: 'bigint'}",
    },
    polls: {
      read: "select store_key, micros(at) as at, active from polls order by store_key, at",
      columns: "{store_key: 'integer', 'at': 'bigint', active: 'boolean'}",
    },
  };
  const converted: Record<string, string> = {
    // DuckDB's time knows no 24:00.
    business_hours: "replace (to_seconds(start_time) as start_time, to_seconds(end_time) as end_time)",
    polls: 'replace (make_timestamptz("at") as "at")',
  };
  for (const [table, { read, columns }] of Object.entries(tables)) {
    const path = `${exchange}/duckdb-${table}.csv`;
    await sql.unsafe(`copy (${read}) to '${path}' (format csv)`);
    await duckdb.setUp([
      `create table ${table} as select * ${converted[table] ?? ""}
       from read_csv('${path}', header = false, columns = ${columns})`,
    ]);
  }
}
