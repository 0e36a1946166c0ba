import assert from "node:assert/strict";
import { HOURS, POLLS, rowsOfAllTables, TIMEZONES } from "../support/csv_file.ts";
import { jsonOf, openService } from "../support/http_service.ts";

const NOON = "2023-01-25 12:00:00 UTC";

Deno.test("checking files over HTTP", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const before = await rowsOfAllTables(sql);
  const ask = (body: BodyInit, path = "/imports?check=true") => app.request(path, { method: "POST", body });
  const csv = (body: string, path?: string) =>
    app.request(path ?? "/imports?check=true", { method: "POST", body, headers: { "content-type": "text/csv" } });
  const form = (...files: [name: string, content: string][]) => {
    const data = new FormData();
    for (const [name, content] of files) data.append("file", new Blob([content]), name);
    return data;
  };

  await t.step("says what a load would do", async () => {
    const answer = await csv(`${HOURS}\nnew,0,09:00,17:00\nodd,9,09:00,17:00\n`);
    const { rejects, warnings, ...json } = await jsonOf(answer);
    assert.deepEqual(json, {
      status: "checked",
      source: "upload",
      file: 0,
      form: "CSV",
      kind: "hours",
      separator: ",",
      encoding: "UTF-8",
      columns: ["store_id", "day", "start_time_local", "end_time_local"].map((column) => ({ column, name: column })),
      first_rows: [{
        line: 2,
        store_id: "new",
        openings: [{ day: 0, start_time_local: "09:00:00", end_time_local: "17:00:00" }],
      }],
      rows: 2,
      rejected: 1,
      rejected_by_reason: [{
        code: "day_out_of_range",
        column: "day",
        reason: "is not a day: write 0 (Monday) to 6 (Sunday), or an English name such as Monday or Mon",
        count: 1,
        first_line: 3,
      }],
      stores_new: 2,
      stores_new_first: ["new", "odd"],
      stores_known: 0,
      without_hours: 1,
      without_zone: 2,
      without_polls: 2,
      reason: null,
      notices: [],
    });
    assert(Array.isArray(rejects) && Array.isArray(warnings));
    assert.deepEqual([rejects.length, warnings.map(({ code }) => code)], [1, ["hours_rejected", "without_polls"]]);
  });

  await t.step("takes several files, and the kind from the path", async () => {
    const answer = await ask(form(["p.csv", `${POLLS}\na,active,${NOON}\n`], ["bad.csv", "x\n1\n"]));
    const checks: unknown = await answer.json();
    assert(Array.isArray(checks));
    assert.deepEqual(checks.map(({ source, status }) => [source, status]), [["p.csv", "checked"], [
      "bad.csv",
      "failed",
    ]]);
    const other = await csv(`${POLLS}\na,active,${NOON}\n`, "/imports/hours?check=true");
    assert.match(String((await jsonOf(other)).detail), /A file of hours needs/);
  });

  await t.step("is a problem if all files would fail", async () => {
    const one = await csv(`${TIMEZONES}\na,nowhere\n`);
    const problem = await jsonOf(one);
    assert.deepEqual([one.status, problem.rows, problem.rejected, problem.reason], [422, 1, 1, problem.detail]);
    const several = await jsonOf(await ask(form(["a.csv", "x\n1\n"], ["b.csv", ""])));
    assert.match(String(several.detail), /^All 2 files would fail\. a\.csv: .*; b\.csv: The file is empty/);
    assert(Array.isArray(several.imports));
    assert.equal(several.imports.length, 2);
  });

  await t.step("keeps to the number of bad rows that is given, and refuses nonsense", async () => {
    const file = `${TIMEZONES}\na,nowhere\n`;
    assert.equal((await jsonOf(await csv(file, "/imports?check=true&max_rejects=1"))).status, "checked");
    assert.equal((await jsonOf(await csv(file, "/imports?check=yes"))).type, "/problems/invalid-parameters");
  });

  await t.step("keeps nothing", async () => assert.equal(await rowsOfAllTables(sql), before));
});
