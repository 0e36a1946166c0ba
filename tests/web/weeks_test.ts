import assert from "node:assert/strict";
import { DAY } from "../../src/domain/time/interval.ts";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { weeksBeside } from "../../src/web/store/weeks.ts";
import { instant } from "../support/build.ts";
import { putPolls } from "../support/fleet.ts";
import { FLEET, openService } from "../support/http_service.ts";

const LATEST = instant("09:00");

function weekTo(asOf: number, firstPoll: number | undefined) {
  return { request: { ...DEFAULT_REQUEST, asOf }, firstPoll, span: { start: asOf - 7 * DAY, end: asOf } };
}

Deno.test("the week after ends at the latest poll, not after it", () => {
  const week = weekTo(LATEST - 2 * DAY, undefined);
  assert.equal(weeksBeside(week, LATEST).after, LATEST);
  assert.equal(weeksBeside(weekTo(LATEST - 8 * DAY, undefined), LATEST).after, LATEST - DAY);
});

Deno.test("no week comes after the latest poll", () => {
  for (const asOf of [LATEST, LATEST + DAY]) assert.equal(weeksBeside(weekTo(asOf, 0), LATEST).after, undefined);
  assert.equal(weeksBeside(weekTo(LATEST, undefined), undefined).after, undefined);
});

Deno.test("a week comes before as long as the store has older polls", () => {
  assert.equal(weeksBeside(weekTo(LATEST, LATEST - 8 * DAY), LATEST).before, LATEST - 7 * DAY);
  assert.equal(weeksBeside(weekTo(LATEST, LATEST - 7 * DAY), LATEST).before, undefined);
  assert.equal(weeksBeside(weekTo(LATEST, undefined), LATEST).before, undefined);
});

Deno.test("a store's page links to no week without data, and says when the data ends", async () => {
  await using service = await openService();
  const page = async (asOf: string) =>
    await (await service.app.request(`/stores/${FLEET[0]?.id}?as_of=${asOf}`, { headers: { accept: "text/html" } }))
      .text();
  assert.match(await page("2023-01-20T09:00:00Z"), /href="[^"]*as_of=2023-01-25T09%3A00%3A00Z[^"]*">Next week</);
  assert.doesNotMatch(await page("2023-01-25T09:00:00Z"), /Next week|The data ends/);
  const beyond = await page("2023-02-01T09:00:00Z");
  assert.doesNotMatch(beyond, /Next week/);
  assert.match(
    beyond,
    /The data ends on[\s\S]*as_of=2023-01-25T09%3A00%3A00Z[^"]*">Show the week up to the latest poll/,
  );
});

Deno.test("a store's page that a report leads to shows the time of the report, with the report's numbers", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const [{ id } = { id: "" }] = FLEET;
  await putPolls(sql, id, ["2022-11-03 09:00 inactive", "2022-11-03 12:00 active"]);
  const ask = async (path: string) => await (await app.request(path, { headers: { accept: "text/html" } })).text();
  const reportId = await service.report("?windows=2022-11,2022-11-03&calendar=Asia/Tokyo&method=step");
  const report = await ask(`/reports/${reportId}`);
  const [, link = ""] = new RegExp(`href="(/stores/${id}[^"]*)"`).exec(report) ?? [];
  const page = await ask(link.replaceAll("&amp;", "&"));
  assert.match(page, /The report&#39;s windows, day by day|The report's windows, day by day/);
  // November in Tokyo begins on 31 October in UTC, which is the store's zone.
  assert.match(page, /Mon 31 Oct[\s\S]*Wed 30 Nov/);
  const [rows] = [await (await app.request(`/reports/${reportId}/rows.csv`)).text()];
  const cells = rows.split("\n").find((row) => row.startsWith(`${id},`) && row.includes("2022-11-03,"))?.split(",") ??
    [];
  const [up, down] = [cells[8], cells[9]];
  assert.match(page.replaceAll(/<[^>]+>/g, ""), new RegExp(`2022-11-03[\\s\\S]*?${up} hours up, ${down} down`));
  assert.doesNotMatch(page, /Previous week|Next week/);
  assert.match(page, /Week before the as-of time/);
});

Deno.test("of a time of more than a month, a store's page shows the last days, and passes over windows that are none", async () => {
  await using service = await openService();
  const ask = async (query: string) =>
    await (await service.app.request(`/stores/${FLEET[0]?.id}?as_of=2023-01-25T09:00:00Z&${query}`, {
      headers: { accept: "text/html" },
    })).text();
  const page = await ask("windows=last_90d");
  assert.match(page, /The last 31 days of the report/);
  assert.equal([...page.matchAll(/class="date"/g)].length, 32);
  for (const query of ["windows=someday", "windows=", "calendar=Mars/Olympus"]) {
    assert.match(await ask(query), /The week, day by day/, query);
  }
});
