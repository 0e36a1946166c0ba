/** Reports of chosen stores, grouped and compared: their totals, rows and pages. */
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { jsonOf, openService, statusOf, type TestService, trigger } from "../support/http_service.ts";
import { slowCells, slowGroups, slowStoreOf } from "../support/slow_totals.ts";

const [FIRST, SECOND] = ["1000000000000000001", "1000000000000000002"];

/** The third store has no tags. */
async function putDetails({ app }: TestService): Promise<void> {
  for (
    const [id, details] of [
      [FIRST, { tags: { region: "West", brand: "Wraps" }, sales_per_hour: 30.05 }],
      [SECOND, { tags: { region: "West" }, target_percent: 99.5, sales_per_hour: 1 }],
    ] as const
  ) {
    const answer = await app.request(`/stores/${id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(details),
    });
    assert.equal(answer.status, 200);
    await answer.body?.cancel();
  }
}

async function cellsOf({ app }: TestService, path: string): Promise<string[][]> {
  return parse(await (await app.request(path)).text());
}

async function linesOf({ app }: TestService, path: string): Promise<Record<string, unknown>[]> {
  return (await (await app.request(path)).text()).trimEnd().split("\n").map((line) => JSON.parse(line));
}

Deno.test("the totals of a report", async (t) => {
  await using service = await openService();
  const { app } = service;
  await putDetails(service);
  const id = await service.report("?windows=last_day,2023-01&compare=previous&group_by=region,brand&target_percent=98");
  const url = `/reports/${id}/totals.csv`;

  await t.step("come as CSV: all stores, then groups, and windows with those before them", async () => {
    const answer = await app.request(url);
    assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
    assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="storewatch-.*totals\.csv"$/);
    const lines: string[][] = parse(await answer.text());
    assert.deepEqual(lines[0]?.slice(0, 6), [
      "group",
      "group_region",
      "group_brand",
      "window",
      "stores",
      "scheduled_hours",
    ]);
    assert.deepEqual(lines.slice(1).map((cells) => cells.slice(0, 5).join("|")), [
      ...["last_day", "last_day.previous", "2023-01", "2023-01.previous"].map((window) => `*|||${window}|3`),
      ...["last_day", "last_day.previous", "2023-01", "2023-01.previous"].map((window) => `|West|Wraps|${window}|1`),
      ...["last_day", "last_day.previous", "2023-01", "2023-01.previous"].map((window) => `|West||${window}|1`),
      ...["last_day", "last_day.previous", "2023-01", "2023-01.previous"].map((window) => `|||${window}|1`),
    ]);
  });

  await t.step("are what its rows add up to, to the last digit", async () => {
    const rows = (await linesOf(service, `/reports/${id}/rows.ndjson`)).map(slowStoreOf);
    const windows = [...new Set(rows.map(({ window }) => window))];
    const of = (stores: typeof rows, window: unknown) => stores.filter((store) => store.window === window);
    const groups = [rows, ...slowGroups(rows, ["region", "brand"]).map(({ members }) => members)];
    assert.deepEqual(
      (await cellsOf(service, url)).slice(1).map((cells) => cells.slice(5)),
      groups.flatMap((stores) => windows.map((window) => slowCells(of(stores, window), 2))),
    );
  });

  await t.step("come as lines of JSON, with the group as an object", async () => {
    const answer = await app.request(`/reports/${id}/totals.ndjson`);
    assert.equal(answer.headers.get("content-type"), "application/x-ndjson");
    await answer.body?.cancel();
    const lines = await linesOf(service, `/reports/${id}/totals.ndjson`);
    assert.deepEqual(lines.filter(({ window }) => window === "last_day").map(({ group }) => group), [
      "*",
      { region: "West", brand: "Wraps" },
      { region: "West", brand: null },
      { region: null, brand: null },
    ]);
    // Half an hour down, of which the other stores have none in this time: the second is closed, or down from as-of on.
    const [all] = lines;
    assert.deepEqual([all?.down_us, all?.lost_sales, all?.target_percent], [1_800_000_000, 15.03, null]);
  });

  await t.step("are not sent to a client that has them", async () => {
    const etag = String((await app.request(url, { method: "HEAD" })).headers.get("etag"));
    assert.notEqual(etag, (await app.request(`/reports/${id}/rows.csv`, { method: "HEAD" })).headers.get("etag"));
    assert.equal(await statusOf(app.request(url, { headers: { "if-none-match": etag } })), 304);
    assert.equal(await statusOf(app.request(url, { headers: { "if-match": '"other"' } })), 412);
  });

  await t.step("a page shows a report of chosen stores, and what its windows are compared with, in words", async () => {
    const chosen = await service.report("?windows=last_week,2023-01&compare=previous&where=region:West");
    const page = await (await app.request(`/reports/${chosen}`, { headers: { accept: "text/html" } })).text();
    assert.match(page, /Uptime of 2 stores with region West together/);
    assert.match(page, /the week before \(/);
    assert.match(page, /last week, 2023-01, each compared with the time before it/);
    assert.doesNotMatch(page, /\.previous/);
  });

  await t.step("of no stores are zeros", async () => {
    const none = await service.report("?where=region:North&group_by=region");
    assert.deepEqual(
      (await cellsOf(service, `/reports/${none}/totals.csv`)).slice(1).map((cells) => cells.slice(0, 4)),
      [
        ["*", "", "last_hour", "0"],
        ["*", "", "last_day", "0"],
        ["*", "", "last_week", "0"],
      ],
    );
    const page = await app.request(`/reports/${none}`, { headers: { accept: "text/html" } });
    assert.equal(await statusOf(page), 200);
  });

  await t.step("do not exist before the report is complete, or without its exact result", async () => {
    const started = await trigger(app);
    const paths = reportPaths(service.reportsFolder, id);
    await Deno.writeTextFile(paths.csv, "");
    await Deno.remove(paths.result);
    for (const name of ["totals.csv", "totals.ndjson"]) {
      const answer = await app.request(`/reports/${started}/${name}`);
      assert.equal((await jsonOf(answer)).type, "/problems/report-not-complete");
      const classic = await app.request(`/reports/${id}/${name}`);
      assert.deepEqual([classic.status, (await jsonOf(classic)).type], [409, "/problems/report-without-rows"]);
    }
    await Deno.remove(paths.csv);
    assert.equal(await statusOf(app.request(url)), 410);
  });
});
