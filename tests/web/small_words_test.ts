/** Words that are easily wrong: titles of tabs, one and many, spaces, and what search engines read. */
import assert from "node:assert/strict";
import { getReport } from "../../src/db/reports/reports.ts";
import { progressWords } from "../../src/web/parts/running_reports.tsx";
import { openService, trigger } from "../support/http_service.ts";

const BROWSER = { headers: { accept: "text/html" } };

Deno.test("small words", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const textOf = async (path: string) => await (await app.request(path, BROWSER)).text();
  const titleOf = async (path: string) => /<title>(.*?)<\/title>/.exec(await textOf(path))?.[1];
  const step = await service.report();
  const clock = await service.report("?method=clock&as_of=2023-01-24T18:13:00Z");
  const failed = await trigger(app, "?as_of=2023-01-24T18:13:00.5Z&method=nearest&precision=4");
  const queued = await trigger(app);
  await sql`update reports set status = 'Failed', reason = 'It had to' where report_id = ${failed}`;

  await t.step("the titles of reports differ in their first words", async () => {
    assert.deepEqual(await Promise.all([step, clock, failed, queued].map((id) => titleOf(`/reports/${id}`))), [
      "25 Jan 2023, 09:00 UTC, step · Report · Storewatch",
      "24 Jan 2023, 18:13 UTC, clock · Report · Storewatch",
      "Failed: 24 Jan 2023, 18:13 UTC, nearest · Report · Storewatch",
      "In queue: latest poll, step · Report · Storewatch",
    ]);
    assert.equal(await titleOf("/stores?q=0000"), "“0000” · Stores · Storewatch");
  });

  await t.step("every page has a description", async () => {
    for (const path of ["/", "/data", "/reports", "/stores", `/reports/${step}`, "/docs", "/nowhere"]) {
      assert.match(await textOf(path), /<meta name="description" content="[^"]{40,160}"\/>/, path);
    }
  });

  await t.step("a report that failed is tried again with the same settings", async () => {
    assert.match(await textOf(`/reports/${failed}`), /action="[^"]*\/again"[\s\S]*>Try again<\/button>/);
    await sql`update reports set status = 'Cancelled', reason = 'Enough' where report_id = ${queued}`;
    assert.match(await textOf(`/reports/${queued}`), />Try again<\/button>/);
    assert.doesNotMatch(await textOf(`/reports/${step}`), /\/again"/);
    const asked = await app.request(`/reports/${failed}/again`, { method: "POST", ...BROWSER });
    assert.equal(asked.status, 303);
    const again = await getReport(sql, asked.headers.get("location")?.slice("/reports/".length) ?? "");
    assert.deepEqual(again?.request, (await getReport(sql, failed))?.request);
    assert.equal(again?.status, "Started");
    const unknown = `/reports/${crypto.randomUUID()}`;
    const answer = await app.request(`${unknown}/again`, { method: "POST", ...BROWSER });
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, unknown]);
  });

  await t.step("one store is one store", async () => {
    const report = await getReport(sql, queued);
    assert.ok(report);
    assert.equal(progressWords({ ...report, status: "Running", storesTotal: 1 }), "0 of 1 store");
    assert.equal(progressWords({ ...report, status: "Running", storesTotal: 2 }), "0 of 2 stores");
    await sql`insert into imports (import_id, kind, source, started_at, finished_at, bytes, rows, accepted, rejected, changed)
      values (${crypto.randomUUID()}, 'polls', 'one.csv', now(), now(), 1, 1, 1, 0, 1)`;
    const data = await textOf("/data");
    assert.match(data, /Polls, 1 byte, </);
    assert.match(data, /1 row: 1 accepted, 0 rejected\s*\. 1 row added or changed\./);
  });

  await t.step("a zone that is assumed has a space before the remark", async () => {
    const page = await textOf("/stores/1000000000000000002");
    assert.match(page.replaceAll(/<[^>]+>/g, ""), /America\/Chicago \(default: this store has no time zone\)/);
  });

  await t.step("a file of which rows were rejected does not look like one that was loaded whole", async () => {
    for (const [name, accepted, rejected] of [["part.csv", 1, 1], ["none.csv", 0, 2]] as const) {
      await sql`
        insert into imports (import_id, kind, source, started_at, finished_at, bytes, rows, accepted, rejected, changed)
        values (${crypto.randomUUID()}, 'polls', ${name}, now(), now(), 9, 2, ${accepted}, ${rejected}, 0)`;
    }
    const data = await textOf("/data");
    assert.match(data, /<b>part\.csv<\/b> <span class="state partly">Loaded in part<\/span>/);
    assert.match(data, /<b>none\.csv<\/b> <span class="state failed">Nothing loaded<\/span>/);
    assert.match(data, /<b>one\.csv<\/b> <span class="state completed">Loaded<\/span>/);
    assert.match(data, /2 rows: 1 accepted, 1 rejected \(50\u202f%\)/);
  });
});
