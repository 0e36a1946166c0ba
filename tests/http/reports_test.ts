import assert from "node:assert/strict";
import { z } from "@hono/zod-openapi";
import { ReportDetails, ReportPage } from "../../src/http/kit/schemas.ts";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { jsonOf, openService, statusOf, trigger } from "../support/http_service.ts";

Deno.test("the list of reports", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const ids: string[] = [];
  for (let count = 0; count < 7; count++) ids.unshift(await trigger(app));
  // Some at the same instant: their ids decide then.
  await sql`update reports set requested_at = '2026-01-01' where report_id = any(${ids.slice(4)})`;
  ids.splice(4, 3, ...ids.slice(4).sort().reverse());
  const page = async (query: string) => ReportPage.parse(await jsonOf(await app.request(`/reports${query}`)));

  await t.step("has the latest first", async () => {
    const { reports, next_cursor } = await page("");
    assert.deepEqual(reports.map(({ report_id }) => report_id), ids);
    assert.equal(next_cursor, null);
  });

  await t.step("is read page by page without a gap or a repeat, though reports are added meanwhile", async () => {
    const seen: string[] = [];
    let query = "?limit=2";
    for (;;) {
      const { reports, next_cursor } = await page(query);
      seen.push(...reports.map(({ report_id }) => report_id));
      await trigger(app);
      if (next_cursor === null) break;
      query = `?limit=2&cursor=${next_cursor}`;
    }
    assert.deepEqual(seen, ids);
  });

  await t.step("refuses limits and cursors that it did not give out", async () => {
    for (const query of ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=", "page=2", "cursor=WzFlOTksIngiXQ"]) {
      assert.equal(await statusOf(app.request(`/reports?${query}`)), 422, query);
    }
  });
});

Deno.test("one report", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const id = await service.report("?method=clock&precision=1&as_of=2023-01-25T09:30:00.25Z");

  await t.step("tells all that is known of it", async () => {
    await sql`insert into report_errors values (${id}, 's1', 'Because')`;
    const report = z.strictObject(ReportDetails.shape).parse(await jsonOf(await app.request(`/reports/${id}`)));
    assert.equal(report.as_of, "2023-01-25T09:30:00.25Z");
    assert.deepEqual([report.status, report.method, report.precision, report.rows], ["Completed", "clock", 1, 3]);
    assert.equal(report.axes.windows_end, "full hour");
    assert.deepEqual(report.errors, [{ store_id: "s1", reason: "Because" }]);
    assert.equal(report.timing?.chunks.length, 2);
    assert.ok(report.uptime_ratio?.last_day !== undefined);
    assert.match(report.requested_at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  await t.step("is deleted with its files once it is finished", async () => {
    const { csv, performance } = reportPaths(service.reportsFolder, id);
    assert.equal(await statusOf(app.request(`/reports/${id}`, { method: "DELETE" })), 204);
    for (const path of [csv, performance]) await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
    assert.equal(await statusOf(app.request(`/reports/${id}`)), 404);
    assert.equal(await statusOf(app.request(`/reports/${id}`, { method: "DELETE" })), 404);
  });

  await t.step("is cancelled while it is not finished, and then there is nothing to make", async () => {
    const waiting = await trigger(app);
    const answer = await app.request(`/reports/${waiting}`, { method: "DELETE" });
    assert.deepEqual([answer.status, (await jsonOf(answer)).status], [200, "Cancelled"]);
    await service.make(waiting);
    assert.equal((await jsonOf(await app.request(`/get_report/${waiting}`))).status, "Cancelled");
  });

  await t.step("can be deleted though its file has vanished", async () => {
    const bare = await service.report();
    await Deno.remove(reportPaths(service.reportsFolder, bare).csv);
    assert.equal(await statusOf(app.request(`/reports/${bare}`, { method: "DELETE" })), 204);
  });
});
