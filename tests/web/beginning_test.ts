import assert from "node:assert/strict";
import { openService, trigger } from "../support/http_service.ts";

Deno.test("a database without data does not say that they are there", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await sql`truncate stores, poll_days, latest_polls, business_hours cascade`;
  const overview = async () => await (await app.request("/", { headers: { accept: "text/html" } })).text();

  await t.step("not even after a report that failed for that reason", async () => {
    const reportId = await trigger(app);
    await service.make(reportId);
    const page = await overview();
    assert.match(page, /<h1>Which stores lose hours, and why\?<\/h1>/);
    assert.match(page, />Create sample data<\/button>/);
    assert.match(page, /<span class="state failed"/);
    assert.doesNotMatch(page, /The data is loaded|Make the report/);
  });

  await t.step("stores without a poll ask for polls, and for no sample beside them", async () => {
    await sql`insert into stores (store_id, timezone) values ('a', 'UTC')`;
    const page = await overview();
    assert.match(page, /<h1>Stores are loaded, but no polls yet<\/h1>/);
    assert.match(page, /data-uploader/);
    assert.doesNotMatch(page, /The data is loaded|Create sample data|Make the report/);
  });
});
