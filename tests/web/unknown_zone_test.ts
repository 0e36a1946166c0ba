import assert from "node:assert/strict";
import { openService } from "../support/http_service.ts";
import { putStores } from "../support/fleet.ts";

Deno.test("a store whose zone the zone rules do not know", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await putStores(sql, [{
    id: "on Mars",
    zone: "Mars/Olympus",
    hours: [[2, "09:00", "17:00"]],
    polls: ["08:00 active"],
  }]);
  const reportId = await service.report();
  const ask = (path: string) => app.request(path, { headers: { accept: "text/html" } });

  await t.step("has a page that says what is wrong, and what the report did with the store", async () => {
    const answer = await ask("/stores/on%20Mars");
    const page = await answer.text();
    assert.equal(answer.status, 200);
    assert.match(page, /zone rules 2026f do not know the time zone “Mars\/Olympus”/);
    assert.match(page, new RegExp(`<a href="/reports/${reportId}#errors">[\\s\\S]*Stores without a result`));
    assert.match(page, /09:00–17:00/);
  });

  await t.step("has a page as any as-of and method see it", async () => {
    const answer = await ask("/stores/on%20Mars?as_of=2023-01-25T08:30:00Z&method=nearest");
    assert.match(await answer.text(), /do not know the time zone/);
  });

  await t.step("does not keep the others from being found by whether they are open", async () => {
    const answer = await ask(`/reports/${reportId}?open=1`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /3 stores/);
  });
});
