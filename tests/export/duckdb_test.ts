import assert from "node:assert/strict";
import fc from "fast-check";
import { DAY, HOUR } from "../../src/domain/time/interval.ts";
import { rowsParquet } from "../../src/export/parquet/rows_parquet.ts";
import type { ReportRows } from "../../src/export/rows.ts";
import { rowsCsv } from "../../src/export/rows_csv.ts";
import { rowsNdjson } from "../../src/export/rows_ndjson.ts";
import { DuckDb } from "../bench/duckdb.ts";
import { anyReport, MADE_UP_WINDOWS } from "../support/arbitrary_report.ts";
import { reportRows } from "../support/report_rows.ts";
import { measuresWith } from "../support/row.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const TYPES: Record<string, string> = {
  store_id: "VARCHAR",
  name: "VARCHAR",
  timezone: "VARCHAR",
  window: "VARCHAR",
  from: "TIMESTAMP WITH TIME ZONE",
  to: "TIMESTAMP WITH TIME ZONE",
  scheduled_us: "BIGINT",
  excluded_us: "BIGINT",
  up_us: "BIGINT",
  down_us: "BIGINT",
  unknown_us: "BIGINT",
  observed_us: "BIGINT",
  up_low_us: "BIGINT",
  up_high_us: "BIGINT",
  outages: "INTEGER",
  longest_outage_us: "BIGINT",
  target_percent: "DECIMAL(18,4)",
  budget_us: "BIGINT",
  sales_per_hour: "DECIMAL(18,6)",
  lost_sales: "DECIMAL(18,2)",
  warnings: "VARCHAR",
};

const TAG_KEYS = ["brand", "region", "size"];

/** A store that has every tag, so that every report has the same columns. */
const TAGGED = reportRows(MADE_UP_WINDOWS, [["0", [measuresWith({}), measuresWith({})], {
  tags: JSON.stringify(Object.fromEntries(TAG_KEYS.map((key) => [key, "x"]))),
}]]);

async function write(folder: string, rows: ReportRows): Promise<void> {
  await Deno.writeFile(`${folder}/rows.parquet`, ReadableStream.from(rowsParquet(rows)));
  await Deno.writeTextFile(`${folder}/rows.ndjson`, ReadableStream.from(rowsNdjson(rows)));
  await Deno.writeTextFile(`${folder}/rows.csv`, ReadableStream.from(rowsCsv(rows)));
}

/** The columns that are in every report, as lines of JSON have them. */
const JSON_COLUMNS = Object.entries({ ...TYPES, warnings: "VARCHAR[]", tags: "MAP(VARCHAR, VARCHAR)" })
  .map(([name, type]) => `"${name}": '${type}'`).join(", ");

/** Hundredths of an hour, half up. */
function hours(name: string, measure: string): string {
  return `(csv.${name} * 100)::hugeint is distinct from (p.${measure}::hugeint * 200 + ${HOUR}) // ${2 * HOUR}`;
}

/** Hundredths of a percent, rounded down. */
function percent(name: string, part: string, whole: string): string {
  const rounded = `case when ${whole} > 0 then ${part}::hugeint * 10000 // (${whole}) end`;
  return `(csv.${name} * 100)::hugeint is distinct from ${rounded}`;
}

/** What must not be true of a line of the CSV and the same row of Parquet. */
const FAULTS = [
  ...["scheduled", "excluded", "unknown", "observed", "longest_outage"].map((name) =>
    hours(`${name}_hours`, `${name}_us`)
  ),
  hours("uptime_hours", "up_us"),
  hours("downtime_hours", "down_us"),
  percent("uptime_percent", "p.up_us", "p.up_us + p.down_us"),
  percent("coverage_percent", "p.observed_us", "p.scheduled_us"),
  percent("uptime_percent_low", "p.up_low_us", "p.scheduled_us"),
  ...["window", "from", "to", "outages", "target_percent", "lost_sales"].map((name) =>
    `csv."${name}" is distinct from p."${name}"`
  ),
];

/** Those columns of the CSV that Parquet has as well have the same types. The others are hours and percentages. */
const CSV_TYPES = [
  ...Object.entries(TYPES).filter(([name]) => !/_us$|^sales_/.test(name)),
  ...FAULTS.flatMap((fault) => [.../csv\.(\w+)/.exec(fault)?.slice(1) ?? []].map((name) => [name, "DECIMAL(18,2)"])),
].map(([name, type]) => `'${name}': '${type}'`).join(", ");

Deno.test("DuckDB reads what a report writes", async (t) => {
  await using temp = await makeTempFolder();
  const folder = temp.path;
  await using duckdb = new DuckDb(1);
  const PARQUET = `'${folder}/rows.parquet'`;

  await t.step("the columns of Parquet have types, and are those of rows.ndjson", async () => {
    await write(folder, TAGGED);
    const columns = await duckdb.rows(`describe select * from ${PARQUET}`);
    const tags = TAG_KEYS.map((key) => [`tag_${key}`, "VARCHAR"]);
    assert.deepEqual(columns.map(([name, type]) => [name, type]), [...Object.entries(TYPES), ...tags]);
    const [line = ""] = (await Deno.readTextFile(`${folder}/rows.ndjson`)).split("\n");
    assert.deepEqual(Object.keys(JSON.parse(line)), [...Object.keys(TYPES), "tags"]);
  });

  await t.step(
    "any report is the same in Parquet and in lines of JSON, to the last digit, in the same order",
    async () => {
      await fc.assert(
        fc.asyncProperty(anyReport, async (rows) => {
          await write(folder, rows);
          const known = Object.keys(TYPES).filter((name) => name !== "warnings").map((name) => `"${name}"`).join(", ");
          const lines =
            `(select *, row_number() over () as number from read_json('${folder}/rows.ndjson', format = 'newline_delimited', columns = {${JSON_COLUMNS}}))`;
          const ours =
            `select file_row_number + 1 as number, ${known}, warnings from read_parquet(${PARQUET}, file_row_number = true)`;
          const theirs = `select number, ${known}, array_to_string(warnings, ' ') as warnings from ${lines}`;
          const differ = await duckdb.rows(
            `from ((${ours}) except (${theirs})) union all from ((${theirs}) except (${ours}))`,
          );
          assert.deepEqual(differ, []);
        }),
        { numRuns: 40 },
      );
    },
  );

  await t.step("the largest sales and what is lost of them have all their digits", async () => {
    const down = 400 * DAY;
    const texts = { sales_per_hour: "999999999999.999999", target_percent: "99.9999" };
    await write(folder, reportRows(MADE_UP_WINDOWS, [["a", [measuresWith({ down }), measuresWith({})], texts]]));
    const sums = `select sales_per_hour, sum(lost_sales), target_percent, sum(budget_us) from ${PARQUET} group by all`;
    const expected = ["999999999999.999999", "9599999999999999.99", "99.9999", String(down / 1_000_000 - down)];
    assert.deepEqual(await duckdb.rows(sums), [expected]);
  });

  await t.step("tags are columns, and empty where a store has none", async () => {
    await write(
      folder,
      reportRows(MADE_UP_WINDOWS, [
        ["a", [measuresWith({}), measuresWith({})], { tags: `{"region":"West, \\"far\\""}` }],
        ["b", [measuresWith({}), measuresWith({})]],
      ]),
    );
    for (const [file, absent] of [["rows.parquet", "null"], ["rows.csv", "null"]]) {
      const tags = await duckdb.rows(`select distinct store_id, tag_region from '${folder}/${file}' order by store_id`);
      assert.deepEqual(tags, [["a", 'West, "far"'], ["b", absent]], file);
    }
  });

  await t.step("the CSV has the hours and percentages that follow from the microseconds", async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (rows) => {
        await write(folder, rows);
        const csv = `read_csv('${folder}/rows.csv', header = true, types = {${CSV_TYPES}})`;
        const differ = await duckdb.rows(
          `select * from (select *, row_number() over () as number from ${csv}) as csv
           full join (select *, file_row_number + 1 as number from read_parquet(${PARQUET}, file_row_number = true)) as p
           using (number) where ${FAULTS.join(" or ")}`,
        );
        assert.deepEqual(differ, []);
      }),
      { numRuns: 20 },
    );
  });

  await t.step("a large report has several groups of rows, and all of them", async () => {
    const stores = Array.from({ length: 10_001 }, (_, number) => {
      const measures = measuresWith({ up: number * 7, down: number });
      return [String(number).padStart(5, "0"), [measures, measures]] as const;
    });
    await Deno.writeFile(
      `${folder}/rows.parquet`,
      ReadableStream.from(rowsParquet(reportRows(MADE_UP_WINDOWS, stores))),
    );
    const counted = await duckdb.rows(
      `select count(*), count(distinct store_id), sum(up_us), sum(down_us) from ${PARQUET}`,
    );
    assert.deepEqual(counted, [["20002", "10001", String(7 * 10_000 * 10_001), String(10_000 * 10_001)]]);
    const groups = await duckdb.rows(
      `select distinct row_group_id, row_group_num_rows from parquet_metadata(${PARQUET}) order by 1`,
    );
    assert.deepEqual(groups, [["0", "10000"], ["1", "10000"], ["2", "2"]]);
  });

  await t.step("a report without stores is a file without rows", async () => {
    await write(folder, reportRows(MADE_UP_WINDOWS, []));
    assert.deepEqual(await duckdb.rows(`select count(*), count(budget_us) from ${PARQUET}`), [["0", "0"]]);
  });
});
