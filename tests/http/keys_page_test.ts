import assert from "node:assert/strict";
import { isKeyText } from "../../src/db/access/key_text.ts";
import { KEY_PATTERN } from "../../src/domain/access/key_pattern.ts";
import { listKeys } from "../../src/db/access/keys.ts";
import { bearer, keyFor } from "../support/keys.ts";
import { openService, statusOf } from "../support/http_service.ts";

Deno.test("an admin makes and revokes keys on a page", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const admin = { ...bearer(await keyFor(sql, ["admin"], { name: "boss" })), accept: "text/html" };
  const post = async (path: string, fields: [string, string][]) =>
    await app.request(path, { method: "POST", headers: admin, body: new URLSearchParams(fields) });

  await t.step("which is shown once, and works", async () => {
    const made = await post("/keys", [["name", "till 7"], ["scope", "ingest"], ["scope", "metrics"], [
      "expires",
      "90d",
    ]]);
    const text = await made.text();
    const [key = ""] = KEY_PATTERN.exec(text) ?? [];
    assert.ok(isKeyText(key));
    assert.match(text, /The key “till 7” is made/);
    assert.equal(made.headers.get("cache-control"), "no-store");
    assert.equal(await statusOf(app.request("/metrics", { headers: bearer(key) })), 200);
    const list = await (await app.request("/keys", { headers: admin })).text();
    assert.ok(list.includes("till 7") && list.includes(key.slice(0, 7)) && !list.includes(key.slice(0, 12)));
    const [found] = await listKeys(sql);
    assert.equal(found?.madeBy, "key:boss");
    assert.ok(Number(found?.expiresAt) > Date.now() * 1000);
  });

  await t.step("the form stays filled in if something is missing", async () => {
    const cases: [[string, string][], RegExp][] = [
      [[["name", "a:b"], ["scope", "read"]], /name must have 1 to 64[^]*value="a:b"[^]*value="read" checked/],
      [[["name", "x"]], /at least one scope/],
      [[["name", "till 7"], ["scope", "read"]], /name of another key/],
      [[["name", "x"], ["scope", "read"], ["expires", "soon"]], /expires must be[^]*value="soon"/],
    ];
    for (const [fields, expected] of cases) {
      const answer = await post("/keys", fields);
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), expected);
    }
    assert.equal((await listKeys(sql)).length, 2);
  });

  await t.step("and revoked with a button", async () => {
    const answer = await post("/keys/revoke", [["name", "till 7"]]);
    assert.equal(answer.headers.get("location"), "/keys");
    assert.equal((await listKeys(sql)).find(({ name }) => name === "till 7")?.state, "revoked");
  });
});
