import assert from "node:assert/strict";
import { addExclusion } from "../../src/actions/calendar/add_exclusion.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";
import { ask, FOREIGN, openRegions } from "../support/regions.ts";

const FILES = ["report.csv", "report.xlsx", "rows.csv", "rows.ndjson", "rows.parquet", "totals.csv", "totals.ndjson"];

/** Facts of changes that tell them from each other. */
function factsOf(changes: unknown): string[] {
  assert.ok(Array.isArray(changes));
  return changes.map(({ at, actor, action, subject }) => JSON.stringify({ at, actor, action, subject }));
}

Deno.test("a key for one region sees its own reports in every form, and nothing of others", async (t) => {
  await using service = await openService();
  const regions = await openRegions(service);
  const { all, west, reports } = regions;
  const html = { ...Object.fromEntries(west), accept: "text/html" };

  await t.step("files of its own reports, and none of other reports", async () => {
    for (const name of FILES) {
      assert.equal(await statusOf(ask(service, `/reports/${reports.west}/${name}`, { headers: west })), 200, name);
      for (const other of [reports.all, reports.ost]) {
        assert.equal(await statusOf(ask(service, `/reports/${other}/${name}`, { headers: west })), 404, name);
      }
    }
  });

  await t.step("the sheet for printing", async () => {
    const sheet = await ask(service, `/reports/${reports.west}?print`, { headers: html });
    assert.equal(sheet.status, 200);
    const text = await sheet.text();
    assert.match(text, /<dt>Stores<\/dt><dd>2/);
    assert.doesNotMatch(text, FOREIGN);
    assert.equal(await statusOf(ask(service, `/reports/${reports.all}?print`, { headers: html })), 404);
  });

  await t.step("trends, however they are asked for", async () => {
    const asked = { "": /^$/, "?group_by=region": /^$/, "?where=region:Ost": /\bOst\b/g, "?store_id=ost-1": /ost-1/g };
    for (const [query, question] of Object.entries(asked)) {
      const page = await ask(service, `/trends${query}`, { headers: html });
      assert.equal(page.status, 200, query);
      const shown = (await page.text()).replace(question, "");
      assert.ok(
        !FOREIGN.test(shown),
        `${query}: ${shown.slice(Math.max(0, shown.search(FOREIGN) - 300)).slice(0, 400)}`,
      );
    }
  });

  await t.step("a verification shows changes that the audit shows to the same key, and no others", async () => {
    const interval = { from: "2023-01-25T09:00Z", to: "2023-01-25T10:00Z", kind: "other", reason: "later" };
    const exclude = (ids: string[]) =>
      addExclusion({ sql: service.sql, actor: "key:somebody" }, { ...interval, stores: { ids } });
    await exclude(["west-1"]);
    await exclude(["west-1", "ost-1"]);
    const changesFor = async (headers: Headers) => {
      const init = { method: "POST", headers };
      const found = await jsonOf(await ask(service, `/reports/${reports.west}/verify`, init));
      assert.ok(Array.isArray(found.stores));
      const { changes } = found.stores.find(({ store_id }) => store_id === "west-1");
      const audit = await jsonOf(await ask(service, "/audit?store_id=west-1&limit=100", { headers }));
      const audited = factsOf(audit.changes);
      for (const change of factsOf(changes)) assert.ok(audited.includes(change), change);
      return factsOf(changes).filter((change) => change.includes("key:somebody")).length;
    };
    assert.equal(await changesFor(all), 2);
    assert.equal(await changesFor(west), 1);
  });
});
