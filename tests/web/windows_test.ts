import assert from "node:assert/strict";
import { openService } from "../support/http_service.ts";

const BROWSER = { accept: "text/html" };
const FORM = { "content-type": "application/x-www-form-urlencoded", ...BROWSER };

/** The text of a page, in one line. */
function textOf(page: string): string {
  return page.replace(/<(script|style)[\s\S]*?<\/\1>/g, "").replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
}

Deno.test("pages of reports with other windows", async (t) => {
  await using service = await openService();
  const { app } = service;
  const pageOf = async (path: string) => await (await app.request(path, { headers: BROWSER })).text();

  await t.step("the overview of such a report speaks of its own windows", async () => {
    await service.report("?windows=last_3h,yesterday&method=observed");
    const page = await pageOf("/");
    const text = textOf(page);
    assert.match(text, /Last 3 hours .* Yesterday /);
    assert.match(text, /Stores by uptime yesterday/);
    assert.match(text, /Stores that lost the most hours yesterday/);
    assert.doesNotMatch(text, /hours in the last week|in the last week|Last week/);
    assert.match(page, /href="\/reports\/[0-9a-f-]+\/rows\.csv" download/);
  });

  const id = await service.report("?windows=last_30m,2023-01,previous_month&calendar=Asia/Kathmandu");

  await t.step(
    "a report has two columns for each window, its settings name them, and its CSV has all measures",
    async () => {
      const page = await pageOf(`/reports/${id}`);
      const text = textOf(page);
      assert.match(text, /Previous month: uptime .*Previous month, hours .*2023-01, hours .*Last 30 minutes, minutes/);
      assert.match(text, /Windows last 30 minutes, 2023-01, previous month/);
      assert.match(text, /Days begin at 00:00 in Asia\/Kathmandu/);
      assert.match(page, new RegExp(`href="/reports/${id}/rows.csv" download`));
      assert.doesNotMatch(page, /report\.csv/);
      assert.match(text, /sorted by hours down in the previous month, largest first/);
    },
  );

  await t.step("its rows are sorted by any of its columns, and by no other", async () => {
    const sorted = async (sort: string) => textOf(await pageOf(`/reports/${id}?sort=${sort}&dir=asc`));
    assert.match(await sorted("uptime_2023-01"), /sorted by hours up in 2023-01, smallest first/);
    assert.match(await sorted("downtime_last_30m"), /sorted by minutes down in the last 30 minutes, smallest first/);
    assert.match(await sorted("share"), /sorted by uptime in the previous month, smallest first/);
    assert.match(await sorted("downtime_last_week"), /sorted by hours down in the previous month, largest first/);
  });

  await t.step("a report of the same month is not compared with an earlier one: it is the same time", async () => {
    const earlier = "?windows=2023-01-24,last_2h&as_of=2023-01-25T08:30:00Z";
    await service.report(earlier);
    const later = await service.report(earlier.replace("08:30", "09:00"));
    const text = textOf(await pageOf(`/reports/${later}`));
    assert.match(text, /No comparison for 2023-01-24: the report as of .* measures the same time/);
    const other = await service.report("?windows=2023-01-24&as_of=2023-01-25T09:00:00Z");
    assert.match(textOf(await pageOf(`/reports/${other}`)), /no earlier report with this method to compare with/);
  });

  await t.step("the overview shows a report with the classic windows before a later one with others", async () => {
    const classic = await service.report("?method=nearest");
    await service.report("?windows=today");
    assert.match(await pageOf("/"), new RegExp(`href="/reports/${classic}/report.csv" download`));
  });

  await t.step("lists of reports name the window of an uptime that is not the week's", async () => {
    assert.match(textOf(await pageOf("/reports")), /Previous month/);
  });
});

Deno.test("the form for a report", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await service.report();
  const send = (body: string) => app.request("/new-report", { method: "POST", body, headers: FORM });
  const asked = async (body: string) => {
    const answer = await send(`method=observed&precision=2&${body}`);
    assert.equal(answer.status, 303);
    const id = answer.headers.get("location")?.slice("/reports/".length) ?? "";
    const [row] = await sql`select request -> 'windows' as windows from reports where report_id = ${id}`;
    return row?.windows;
  };

  await t.step("proposes the classic windows, and offers others", async () => {
    const page = await (await app.request("/", { headers: BROWSER })).text();
    const [select = ""] = /<select id="windows"[\s\S]*?<\/select>/.exec(page) ?? [];
    const values = [...select.matchAll(/value="([^"]*)"/g)].map(([, value]) => value);
    assert.deepEqual(values, ["last_hour,last_day,last_week", "yesterday", "previous_week", "previous_month"]);
  });

  await t.step("asks for the chosen windows, or for those that somebody wrote", async () => {
    assert.deepEqual(await asked("windows=previous_month&other_windows="), ["previous_month"]);
    assert.deepEqual(await asked("windows=previous_month&other_windows=last_30d,+2026-W43"), ["last_30d", "2026-W43"]);
    assert.deepEqual(await asked(""), ["last_hour", "last_day", "last_week"]);
  });

  await t.step("says beside the field which window is none, and why", async () => {
    const answer = await send("method=observed&precision=2&other_windows=2026-02-29");
    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.match(page, /value="2026-02-29"[^>]*aria-invalid="true" aria-describedby="report-other_windows-fault"/);
    assert.match(page, /id="report-other_windows-fault">“2026-02-29” must have dates that exist\.</);
  });

  await t.step("is asked again with the same windows", async () => {
    const id = await service.report("?windows=last_2h&calendar=UTC");
    const answer = await app.request(`/reports/${id}/again`, { method: "POST", headers: FORM });
    const again = answer.headers.get("location")?.slice("/reports/".length) ?? "";
    const [row] = await sql`select request from reports where report_id = ${again}`;
    assert.deepEqual([row?.request.windows, row?.request.calendar], [["last_2h"], "UTC"]);
  });
});
