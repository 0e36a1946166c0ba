import assert from "node:assert/strict";
import { forgetOldCounts } from "../../src/db/access/rate_limit.ts";
import { bearer, keyFor } from "../support/keys.ts";
import { jsonOf, openService } from "../support/http_service.ts";

Deno.test("requests are limited by key, and refusals by address", async (t) => {
  await using service = await openService({}, { access: { requestsPerMinute: 5, trustedProxies: ["10.0.0.1"] } });
  const { app, sql } = service;
  const name = "eager";
  const headers = bearer(await keyFor(sql, ["read"], { name }));
  const ask = async (given: Record<string, string>, peer?: string) =>
    await app.request("/reports", { headers: given }, peer === undefined ? {} : { peer });

  await t.step("each answer says how much is left", async () => {
    const lefts: (string | null)[] = [];
    for (let request = 0; request < 5; request++) {
      const answer = await ask(headers);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("ratelimit-policy"), '"minute";q=5;w=60');
      lefts.push(answer.headers.get("ratelimit"));
    }
    assert.deepEqual(lefts.map((text) => /r=(\d)/.exec(text ?? "")?.[1]), ["4", "3", "2", "1", "0"]);
  });

  await t.step("one too many gets 429 and when to come again", async () => {
    for (let request = 0; request < 3; request++) {
      const answer = await ask(headers);
      assert.equal(answer.status, 429);
      const wait = Number(answer.headers.get("retry-after"));
      assert.ok(wait >= 1 && wait <= 60, String(wait));
      assert.equal((await jsonOf(answer)).type, "/problems/too-many-requests");
    }
  });

  await t.step("another key has a limit of its own", async () => {
    assert.equal((await ask(bearer(await keyFor(sql, ["read"])))).status, 200);
  });

  await t.step("an address that guesses keys gets 429 after sixty times, and others do not", async () => {
    const statuses: number[] = [];
    for (let request = 0; request < 62; request++) {
      const guess = await ask({ ...bearer("sw_guess"), "x-forwarded-for": "192.0.2.1" }, "10.0.0.1");
      statuses.push(guess.status);
    }
    assert.deepEqual([statuses.indexOf(429), statuses.at(-1)], [60, 429]);
    const other = { ...bearer("sw_guess"), "x-forwarded-for": "192.0.2.2" };
    assert.equal((await ask(other, "10.0.0.1")).status, 401);
    const forged = { ...bearer("sw_guess"), "x-forwarded-for": "192.0.2.1" };
    assert.equal((await ask(forged, "203.0.113.9")).status, 401);
  });

  await t.step("guesses on the sign-in page count, too", async () => {
    const body = new URLSearchParams({ key: "sw_guess" });
    const post = { method: "POST", headers: { "x-forwarded-for": "192.0.2.1" }, body };
    assert.equal((await app.request("/sign-in", post, { peer: "10.0.0.1" })).status, 429);
  });

  await t.step(
    "what was refused is in the audit with the address, for admins, without those beyond the limit",
    async () => {
      await sql`delete from rate_limits`;
      const admin = bearer(await keyFor(sql, ["admin"]));
      const reader = bearer(await keyFor(sql, ["read"]));
      await app.request("/keys", { headers: reader }, { peer: "192.0.2.7" });
      const list = async (given: Record<string, string>) =>
        JSON.stringify(await jsonOf(await app.request("/audit?action=access.refuse&limit=100", { headers: given })));
      const text = await list(admin);
      assert.equal(text.match(/"address":"192\.0\.2\.1"/g)?.length, 60);
      assert.match(
        text,
        /"actor":"key:test [^}]*"after":\{"path":"\/keys","method":"GET","reason":"admin","address":"192\.0\.2\.7"\}/,
      );
      assert.ok(!text.includes("sw_guess"));
      assert.match(await list(reader), /"changes":\[\]/);
    },
  );

  await t.step("counts of minutes that are over are forgotten", async () => {
    await sql`update rate_limits set expire = 0`;
    await forgetOldCounts(sql);
    const [row] = await sql<{ count: number }[]>`select count(*) as count from rate_limits`;
    assert.equal(row?.count, 0);
  });
});
