import assert from "node:assert/strict";
import { putStores } from "../support/fleet.ts";
import { FLEET, openService } from "../support/http_service.ts";

Deno.test("searching a store", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await putStores(sql, ["North-1", "north-1", "North-10", "Ökoladen"].map((id) => ({ id })));
  const search = (q: string) => app.request(`/stores?q=${encodeURIComponent(q)}`, { headers: { accept: "text/html" } });

  await t.step("a whole id opens its store, in any letter case if it is the only one", async () => {
    const leads = { "North-1": "North-1", "north-1": "north-1", "NORTH-10": "North-10", " ÖKOLADEN ": "Ökoladen" };
    for (const [q, id] of Object.entries(leads)) {
      const answer = await search(q);
      await answer.body?.cancel();
      assert.deepEqual([answer.status, answer.headers.get("location")], [303, `/stores/${encodeURIComponent(id)}`], q);
    }
    assert.ok(FLEET[0]);
    assert.equal((await search(FLEET[0].id)).headers.get("location"), `/stores/${FLEET[0].id}`);
  });

  await t.step("a part of an id, or one that two stores could mean, leads to a list", async () => {
    const both = await search("NORTH-1");
    assert.equal(both.status, 200);
    assert.deepEqual([...(await both.text()).matchAll(/href="\/stores\/([^"?]+)"/g)].map(([, id]) => id), [
      "North-1",
      "North-10",
      "north-1",
    ]);
    assert.match(await (await search("ökol")).text(), /Ökoladen/);
  });
});
