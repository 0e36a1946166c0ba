import assert from "node:assert/strict";
import { revokeKey } from "../../src/actions/access/revoke_key.ts";
import { bearer, cookieOf, keyFor } from "../support/keys.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const BROWSER = { accept: "text/html,*/*;q=0.8", "sec-fetch-site": "same-origin" };

Deno.test("a person signs in with a key", async (t) => {
  await using service = await openService({}, { access: { trustedProxies: ["10.0.0.0/8"] } });
  const { app, sql } = service;
  const key = await keyFor(sql, ["read"], { name: "ada" });
  const page = async (path: string, cookie = "") =>
    await app.request(path, { headers: { ...BROWSER, ...cookie === "" ? {} : { cookie } } });
  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    await app.request(path, { method: "POST", headers: { ...BROWSER, ...headers }, body: new URLSearchParams(fields) });
  const signIn = async () => cookieOf(await post("/sign-in", { key }));

  await t.step("after a browser was sent to the sign-in page, with the way back", async () => {
    const sent = await page("/stores?q=1&limit=2");
    assert.equal(sent.status, 303);
    assert.equal(sent.headers.get("location"), "/sign-in?next=%2Fstores%3Fq%3D1%26limit%3D2");
    assert.equal((await post("/new-report", {})).headers.get("location"), "/sign-in");
    const shown = await (await page(sent.headers.get("location") ?? "")).text();
    assert.match(shown, /<input type="hidden" name="next" value="\/stores\?q=1&amp;limit=2"/);
    assert.doesNotMatch(shown, /Latest poll|type="search"|Sign out/);
  });

  await t.step("and comes back to the page, under the name of the key", async () => {
    const answer = await post("/sign-in", { key: ` ${key}\n`, next: "/stores?q=1" });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/stores?q=1");
    const shown = await (await page("/stores", cookieOf(answer))).text();
    assert.match(shown, /Signed in as ada\./);
    assert.doesNotMatch(shown, /href="\/keys"/);
  });

  await t.step("with a cookie that no script reads, and that TLS alone carries behind TLS", async () => {
    const [plain = ""] = (await post("/sign-in", { key })).headers.getSetCookie();
    assert.match(plain, /^storewatch_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/);
    const headers = { ...BROWSER, "x-forwarded-proto": "https" };
    const init = { method: "POST", headers, body: new URLSearchParams({ key }) };
    const [secure = ""] = (await app.request("/sign-in", init, { peer: "10.1.2.3" })).headers.getSetCookie();
    assert.match(secure, /^__Host-storewatch_session=[\w-]{43};.* Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const [forged = ""] = (await app.request("/sign-in", init, { peer: "192.0.2.1" })).headers.getSetCookie();
    assert.match(forged, /^storewatch_session=/);
    const [cookie = ""] = secure.split(";");
    assert.equal(await statusOf(page("/reports", cookie)), 200);
  });

  await t.step("and never lands on another site", async () => {
    const elsewhere = [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "/.//evil.example",
      "/%09/x\t",
      "x",
      "",
    ];
    for (const next of elsewhere) {
      const location = (await post("/sign-in", { key, next })).headers.get("location") ?? "";
      assert.equal(new URL(location, "http://localhost").origin, "http://localhost", next);
    }
  });

  await t.step("not with a key that cannot be used", async () => {
    await keyFor(sql, ["read"], { name: "gone" });
    for (const wrong of ["", "sw_x", key.slice(1)]) {
      const answer = await post("/sign-in", { key: wrong, next: "/stores" });
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.headers.getSetCookie(), []);
      assert.match(
        await answer.text(),
        /This key is not known here[^]*name="next" value="\/stores"|name="next" value="\/stores"[^]*This key is not known/,
      );
    }
    assert.equal(await statusOf(post("/sign-in", { key: "x".repeat(20_000) })), 413);
  });

  await t.step("not from a page of another site", async () => {
    const foreign = { "sec-fetch-site": "cross-site" };
    assert.equal(await statusOf(post("/sign-in", { key }, foreign)), 403);
    assert.equal(await statusOf(post("/sign-out", {}, { ...foreign, cookie: await signIn() })), 403);
  });

  await t.step("may do what the key may do, and no more", async () => {
    const cookie = await signIn();
    const answer = await post("/new-report", {}, { cookie });
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /This needs the scope request/);
  });

  await t.step("signs out here, or in all browsers", async () => {
    const [one, other, third] = [await signIn(), await signIn(), await signIn()];
    const out = await post("/sign-out", {}, { cookie: one });
    assert.equal(out.headers.get("location"), "/sign-in");
    assert.equal(out.headers.getSetCookie().every((cookie) => cookie.includes("Max-Age=0")), true);
    assert.equal(await statusOf(page("/stores", one)), 303);
    assert.equal(await statusOf(page("/stores", other)), 200);
    await post("/sign-out", { everywhere: "yes" }, { cookie: other });
    for (const cookie of [other, third]) assert.equal(await statusOf(page("/stores", cookie)), 303);
  });

  await t.step("gets 401 as a program once the session has ended", async () => {
    const cookie = await signIn();
    await sql`update sessions set expires_at = clock_timestamp()`;
    const answer = await app.request("/reports", { headers: { cookie } });
    assert.equal(answer.status, 401);
    assert.match(String((await jsonOf(answer)).detail), /session has ended/);
  });

  await t.step("is out as soon as the key is revoked", async () => {
    const cookie = await signIn();
    await revokeKey({ sql, actor: "command" }, "ada");
    assert.equal(await statusOf(page("/stores", cookie)), 303);
  });

  await t.step("and the audit has when sessions began and ended", async () => {
    const headers = bearer(await keyFor(sql, ["admin"]));
    const text = JSON.stringify(await jsonOf(await app.request("/audit?actor=key:ada&limit=100", { headers })));
    assert.match(text, /"session\.begin","subject":"ada"/);
    assert.match(text, /"session\.end","subject":"ada"/);
    assert.ok(!text.includes(key));
  });
});

Deno.test("the database keeps no session that a thief could use", async () => {
  await using service = await openService();
  const key = await keyFor(service.sql, ["read"]);
  const body = new URLSearchParams({ key });
  const answer = await service.app.request("/sign-in", { method: "POST", body });
  const [, secret = ""] = cookieOf(answer).split("=");
  const [row] = await service.sql<{ text: string }[]>`select to_jsonb(sessions)::text as text from sessions`;
  assert.equal(secret.length, 43);
  assert.ok(row !== undefined && !row.text.includes(secret));
});
