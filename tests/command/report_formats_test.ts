import assert from "node:assert/strict";
import { readXlsx } from "hucre/xlsx";
import { outputOf } from "../../src/command/report/report_format.ts";
import { targetPercent, where } from "../../src/command/report/selection_options.ts";
import { Misuse } from "../../src/command/run.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";
import { openTestDatabase } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { environmentOf, ROOT, runTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

Deno.test("the name of a file decides its format, unless --format does", () => {
  const formatOf = (out: string, windows: readonly string[] = ["today"]) => outputOf({ out }, windows)?.format;
  assert.equal(formatOf("last month.XLSX"), "xlsx");
  assert.equal(formatOf("a.parquet"), "parquet");
  assert.equal(formatOf("a.ndjson"), "ndjson");
  assert.equal(formatOf("storewatch-2026-W43-rows.csv", CLASSIC_WINDOWS), "rows-csv");
  assert.equal(formatOf("storewatch-2026-W43-by-region-totals.csv"), "totals-csv");
  assert.equal(formatOf("totals.ndjson"), "totals-ndjson");
  assert.deepEqual([formatOf("a.csv"), formatOf("a.csv", CLASSIC_WINDOWS)], ["rows-csv", "csv"]);
  assert.deepEqual([formatOf("a"), formatOf("a", CLASSIC_WINDOWS)], ["rows-csv", "csv"]);
  assert.equal(outputOf({ out: "a.csv", format: "xlsx" }, ["today"])?.format, "xlsx");
  assert.equal(outputOf({}, ["today"]), undefined);
});

Deno.test("a format without a file, and a classic CSV of other windows, are refused with what to do", () => {
  assert.throws(() => outputOf({ format: "xlsx" }, ["today"]), (error) => {
    assert(error instanceof Misuse);
    assert.match(error.message, /--format xlsx needs a file.*--out/);
    return true;
  });
  assert.throws(
    () => outputOf({ out: "a.csv", format: "csv" }, ["today"]),
    /last_hour, last_day, last_week: take rows-csv/,
  );
});

Deno.test("filters add up, and what is no filter or target is refused with what it must be", () => {
  const both = where("region:East", where("region:West,brand:Wraps"));
  assert.deepEqual(both.filter, { region: ["West", "East"], brand: ["Wraps"] });
  assert.throws(() => where("West"), /a tag and a value such as region:West/);
  assert.equal(targetPercent("99.50"), "99.5");
  assert.throws(() => targetPercent("101"), /a number from 0 to 100/);
});

/** The arguments of the command of the README that writes a file, with another place for the file. */
async function commandOfReadme(file: string, path: string): Promise<string[]> {
  const commands = (await Deno.readTextFile(`${ROOT}README.md`)).matchAll(/^deno task report (.*)$/gm);
  const [args = ""] = [...commands].map(([, args = ""]) => args).filter((args) => args.endsWith(` ${file}`));
  assert.notEqual(args, "", `README has no command for ${file}`);
  return args.split(" ").map((arg) => arg === file ? path : arg);
}

Deno.test("report writes what managers and analysts ask for", async (t) => {
  await using temp = await makeTempFolder();
  const folder = temp.path;
  const { sql, address, close } = await openTestDatabase();
  const env = { ...environmentOf(address), REPORTS_DIR: `${folder}/reports` };
  try {
    await putStores(sql, [
      { id: "8139926242460185114", zone: "UTC", polls: ["2022-11-30 00:00 active", "2023-01-25 09:00 active"] },
      { id: "down", zone: "UTC", polls: ["2022-12-17 12:00 inactive"] },
    ]);
    await sql`update stores set name = '=Harbour', tags = '{"region": "West"}' where store_id = '8139926242460185114'`;

    await t.step("last month by region, as an Excel sheet, against the month before", async () => {
      const out = `${folder}/month.xlsx`;
      const { code, out: said, err } = await runTask("report", await commandOfReadme("last-month.xlsx", out), env);
      assert.equal(code, 0, err);
      assert.match(said, /^by region, previous month +uptime +between +observed +lost hours +the month before$/m);
      assert.match(said, /^West +100\.00 % .* 0\.00 +100\.00 %$/m);
      assert.match(said, /^no region +53\.22 % .* 348\.00 +100\.00 %$/m);
      assert.match(said, /written to .*month\.xlsx \(xlsx\)/);
      const { sheets } = await readXlsx(await Deno.readFile(out));
      assert.deepEqual(sheets.map(({ name }) => name), ["Totals", "previous_month", "previous_month.previous"]);
      assert.deepEqual(sheets[1]?.rows[1]?.slice(0, 4), ["=Harbour", "8139926242460185114", "West", 1]);
      assert.deepEqual(sheets[0]?.rows.slice(1).map(([region, window]) => [region, window]), [
        ["All stores", "previous_month"],
        ["All stores", "previous_month.previous"],
        ["West", "previous_month"],
        ["West", "previous_month.previous"],
        ["(no region)", "previous_month"],
        ["(no region)", "previous_month.previous"],
      ]);
    });

    await t.step("a Parquet file with exact microseconds", async () => {
      const out = `${folder}/rows.parquet`;
      const { code, err } = await runTask("report", await commandOfReadme("rows.parquet", out), env);
      assert.equal(code, 0, err);
      assert.equal(new TextDecoder().decode((await Deno.readFile(out)).slice(-4)), "PAR1");
    });

    await t.step("a program gets one JSON object, and a Parquet file of the stores that it asked for", async () => {
      const out = `${folder}/west.parquet`;
      const args = ["--windows", "yesterday", "--where", "region:West", "--target", "99.5", "--json", "--out", out];
      const { code, out: said, err } = await runTask("report", args, env);
      assert.equal(code, 0, err);
      const report = JSON.parse(said);
      const { status, windows, where, target_percent, rows, files } = report;
      assert.deepEqual([status, windows, where, target_percent, rows], [
        "Completed",
        ["yesterday"],
        { region: ["West"] },
        99.5,
        1,
      ]);
      assert.deepEqual([files.out, files.csv], [out, null]);
      for (const path of [files.result, files.performance]) assert((await Deno.stat(path)).isFile, path);
      const bytes = await Deno.readFile(out);
      const mark = (at: number) => new TextDecoder().decode(bytes.subarray(at, at + 4));
      assert.deepEqual([mark(0), mark(bytes.length - 4)], ["PAR1", "PAR1"]);
    });

    await t.step("a report that fails says nothing to a program", async () => {
      const { code, out: said, err } = await runTask("report", [
        "--json",
        "--as-of",
        "2023-01-01",
        "--calendar",
        "Mars/Olympus",
      ], env);
      assert.deepEqual([code, said], [2, ""]);
      assert.match(err, /--calendar must be/);
    });
  } finally {
    await close();
  }
});

Deno.test("the help shows whole examples", async () => {
  const { out } = await runTask("report", ["--help"]);
  assert.equal([...out.matchAll(/^ {4}deno task report --\w/gm)].length, 3);
});
