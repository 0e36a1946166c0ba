import assert from "node:assert/strict";
import type { Sql } from "../../src/db/connection/client.ts";
import { decimal } from "../../src/domain/decimal.ts";
import { HOUR, type Micros, MINUTE } from "../../src/domain/time/interval.ts";
import { METHOD_NAMES, type MethodName } from "../../src/domain/method.ts";
import { importFile } from "../../src/ingest/import_file.ts";
import { writeSample } from "../../src/sample/write_sample.ts";
import { readResult } from "../../src/report/result/stored_result.ts";
import type { Fixture } from "./reports.ts";
import { reportSql, type SqlDates } from "./sql_reference.ts";
import { RULES } from "./rules.ts";

/** Loads a sample of some stores and eight days. */
export async function loadSample(sql: Sql, stores: number, calendars = false): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const { files } = await writeSample(folder, { stores, days: 8, seed: 1, calendars });
    for (const { path } of files) {
      const { rejects } = await importFile(sql, {
        zoneRules: RULES,
        source: path,
        body: (await Deno.open(path)).readable,
      });
      assert.deepEqual(rejects, []);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Makes a report by each method, and compares each of its rows, to the last digit, with what one SQL statement says. */
export async function assertAgreement(
  fixture: Fixture,
  changes: Parameters<Fixture["report"]>[1] = {},
): Promise<number> {
  let rows = 0;
  for (const method of METHOD_NAMES) {
    const { csv = "", report } = await fixture.report({ method, precision: 6 }, changes);
    const expected = await expectedLines(fixture.sql, method, report.asOf ?? NaN);
    const lines = csv.trimEnd().split("\n");
    assert.equal(lines.length, expected.length, method);
    for (const [index, line] of lines.entries()) assert.equal(line, expected[index], method);
    rows += lines.length;
  }
  return rows;
}

interface ReferenceRow {
  store_id: string;
  up_hour: Micros;
  up_day: Micros;
  up_week: Micros;
  down_hour: Micros;
  down_day: Micros;
  down_week: Micros;
}

async function expectedLines(sql: Sql, method: MethodName, asOf: Micros): Promise<string[]> {
  const rows = await sql.unsafe<ReferenceRow[]>(reportSql(method, asOf));
  const hours = (length: Micros) => decimal(length, HOUR, 6);
  const minutes = (length: Micros) => decimal(length, MINUTE, 6);
  return rows.toSorted((a, b) => a.store_id < b.store_id ? -1 : 1).map((row) =>
    [
      row.store_id,
      minutes(row.up_hour),
      hours(row.up_day),
      hours(row.up_week),
      minutes(row.down_hour),
      hours(row.down_day),
      hours(row.down_week),
    ].join(",")
  );
}

/** Makes a report of dates by each method, and compares up and down of each row, exactly, with what one SQL statement says. */
export async function assertDatesAgree(fixture: Fixture, dates: SqlDates): Promise<number> {
  let rows = 0;
  for (const method of METHOD_NAMES) {
    const windows = Object.values(dates).map((ends) => ends.join("/"));
    const { report } = await fixture.report({ method, windows });
    const found = await readResult(fixture.deps.reportsFolder, report.reportId) ?? assert.fail("no result file");
    const expected = await fixture.sql.unsafe<Record<string, Micros>[]>(reportSql(method, report.asOf ?? NaN, dates));
    const byId = new Map(expected.map((row) => [String(row.store_id), row]));
    for (const [row, storeId] of found.storeIds.entries()) {
      for (const [index, name] of Object.keys(dates).entries()) {
        for (const way of ["up", "down"] as const) {
          const value = found.column(windows[index] ?? "", way)?.[row];
          assert.equal(value, byId.get(storeId)?.[`${way}_${name}`], `${method} ${storeId} ${name} ${way}`);
        }
      }
    }
    rows += found.storeIds.length;
  }
  return rows;
}
