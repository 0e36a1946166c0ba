import assert from "node:assert/strict";
import { personOf } from "../../src/domain/access/claims.ts";
import { readConfig } from "../../src/config.ts";
import { putStores } from "../support/fleet.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";
import { bearer, cookieOf, keyFor } from "../support/keys.ts";
import { openProvider, TestBrowser } from "../support/oidc.ts";

const PUBLIC_URL = "http://localhost:8000";
const NAMES = { roles: "roles", scopeOf: undefined, where: "storewatch_where" };
const PEOPLE = {
  ada: { email: "ada@example.com", roles: ["manage", "unknown"], storewatch_where: "region:West" },
  boss: { name: "The Boss", roles: "admin" },
  guest: { email: "guest@example.com", roles: [] },
  odd: { roles: ["read"], storewatch_where: "nonsense" },
};

Deno.test("a person signs in at a provider of identities, and sees the stores of their claims", async (t) => {
  const client = { id: "storewatch", redirectUri: `${PUBLIC_URL}/sign-in/return` };
  await using provider = await openProvider(client, PEOPLE);
  const { signIn } = readConfig({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: "secret",
    PUBLIC_URL,
  });
  await using service = await openService({}, { access: { signIn } });
  const { app, sql } = service;
  await putStores(sql, [{ id: "west-1", polls: ["10:00 active"] }, { id: "east-1", polls: ["11:00 active"] }]);
  await sql`update stores set tags = jsonb_build_object('region', initcap(split_part(store_id, '-', 1)))
    where store_id like '%st-1'`;
  const get = async (path: string, cookie = "", accept = "*/*") =>
    await app.request(path, { headers: { accept, ...cookie === "" ? {} : { cookie } } });
  const begin = async (next = "/") => {
    const start = await get(`/sign-in/start?${new URLSearchParams({ next })}`);
    assert.equal(start.status, 303);
    return { url: start.headers.get("location") ?? "", cookie: cookieOf(start) };
  };
  const signInAs = async (login: string, next = "/") => {
    const { url, cookie } = await begin(next);
    const back = await new TestBrowser().signInAt(url, login);
    assert.equal(`${back.origin}${back.pathname}`, client.redirectUri);
    return await get(`${back.pathname}${back.search}`, cookie, "text/html");
  };

  await t.step("nobody is in without a session, and the sign-in page leads to the provider", async () => {
    assert.equal(await statusOf(get("/stores")), 401);
    const page = await (await get("/sign-in?next=/stores", "", "text/html")).text();
    assert.match(page, /href="\/sign-in\/start\?next=%2Fstores"/);
  });

  await t.step("Ada sees the West, and may do what her roles say", async () => {
    const answer = await signInAs("ada", "/stores?q=1");
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/stores?q=1");
    const cookie = cookieOf(answer);
    const text = await (await get("/stores", cookie)).text();
    assert.match(text, /west-1/);
    assert.doesNotMatch(text, /east-1/);
    assert.equal(await statusOf(get("/keys", cookie)), 403);
    assert.match(await (await get("/stores", cookie, "text/html")).text(), /Signed in as ada@example\.com\./);
  });

  await t.step("an admin sees everything, and the audit names people", async () => {
    const cookie = cookieOf(await signInAs("boss"));
    assert.match(await (await get("/stores?limit=100", cookie)).text(), /east-1/);
    const audit = JSON.stringify(await jsonOf(await get("/audit?action=session.begin", cookie)));
    assert.match(audit, /"actor":"person:The Boss"/);
    assert.match(audit, /"actor":"person:ada@example\.com"[^]*"where":\{"region":\["West"\]\}/);
  });

  await t.step("an account without a role, or with stores that cannot be read, stays outside", async () => {
    for (
      const [login, why] of [["guest", /has no role here/], ["odd", /claim storewatch_where must be a tag/]] as const
    ) {
      const answer = await signInAs(login);
      assert.equal(answer.status, 401);
      assert.match(await answer.text(), why);
      assert.ok(!cookieOf(answer).includes("storewatch_session="));
    }
  });

  await t.step("a return that another browser began, that is late or forged, is refused", async () => {
    const { url, cookie } = await begin();
    const back = await new TestBrowser().signInAt(url, "boss");
    const other = await begin();
    const returned = `${back.pathname}${back.search}`;
    for (const given of ["", other.cookie, "storewatch_sign_in=x"]) {
      assert.equal(await statusOf(get(returned, given)), 401, given);
    }
    assert.equal(await statusOf(get("/sign-in/return?code=x&state=y", cookie)), 401);
    assert.equal(await statusOf(get("/sign-in/return?error=access_denied", cookie)), 401);
  });

  await t.step("signing out in all browsers ends all sessions of the person", async () => {
    const [one, two] = [cookieOf(await signInAs("boss")), cookieOf(await signInAs("boss"))];
    const body = new URLSearchParams({ everywhere: "yes" });
    await app.request("/sign-out", { method: "POST", headers: { cookie: one }, body });
    for (const cookie of [one, two]) assert.equal(await statusOf(get("/stores", cookie)), 401);
  });

  await t.step("keys work beside it", async () => {
    const headers = bearer(await keyFor(sql, ["read"]));
    assert.equal(await statusOf(app.request("/stores", { headers })), 200);
  });
});

Deno.test("what a person may do follows from claims, and nothing that cannot be read means more", () => {
  const of = (claims: Record<string, unknown>, scopeOf?: Record<string, "read" | "manage">) =>
    personOf({ iss: "i", sub: "s", ...claims }, { ...NAMES, scopeOf });
  assert.deepEqual(of({ roles: "read metrics,x" }), {
    issuer: "i",
    subject: "s",
    name: "s",
    scopes: ["read", "metrics"],
    where: undefined,
  });
  const mapped = of({ roles: ["ops", "read", "toString"] }, { ops: "manage" });
  assert.deepEqual(typeof mapped === "string" ? mapped : mapped.scopes, ["manage"]);
  for (const roles of [undefined, [], {}, 1, "toString", ["__proto__"]]) assert.match(String(of({ roles })), /no role/);
  for (const where of ["", [], {}, 7, true, "x", { region: [] }, { region: 5 }, { "a b": ["x"] }]) {
    assert.match(String(of({ roles: "read", storewatch_where: where })), /cannot be read/, JSON.stringify(where));
  }
  for (const where of ["region:West", ["region:West"], { region: "West" }, { region: ["West"] }]) {
    const person = of({ roles: "read", storewatch_where: where });
    assert.deepEqual(typeof person === "string" ? person : person.where, { region: ["West"] });
  }
  const named = of({ roles: "read", email: "a\u202eb\n c\u0000" });
  assert.equal(typeof named === "string" ? named : named.name, "a b c");
});

Deno.test("settings of sign-in say what is missing", () => {
  const good = { OIDC_ISSUER: "https://id.example/x", OIDC_CLIENT_ID: "a", PUBLIC_URL: "https://s.example" };
  assert.equal(readConfig(good).signIn?.issuer.href, "https://id.example/x");
  assert.deepEqual(readConfig({ ...good, OIDC_ROLES: "ops=manage, board = read" }).signIn?.claims.scopeOf, {
    ops: "manage",
    board: "read",
  });
  const bad: [Record<string, string>, RegExp][] = [
    [{ OIDC_CLIENT_ID: "" }, /OIDC_CLIENT_ID/],
    [{ PUBLIC_URL: "" }, /PUBLIC_URL is ""/],
    [{ PUBLIC_URL: "http://s.example" }, /PUBLIC_URL is "http:/],
    [{ OIDC_ISSUER: "http://id.example" }, /OIDC_ISSUER is/],
    [{ OIDC_ROLES: "ops" }, /OIDC_ROLES has "ops"/],
    [{ OIDC_ROLES: "ops=boss" }, /OIDC_ROLES has/],
  ];
  for (const [change, expected] of bad) assert.throws(() => readConfig({ ...good, ...change }), expected);
});

Deno.test("a provider that does not answer keeps nobody from signing in with a key", async () => {
  const { signIn } = readConfig({ OIDC_ISSUER: "http://127.0.0.1:1", OIDC_CLIENT_ID: "x", PUBLIC_URL });
  await using service = await openService({}, { access: { signIn } });
  const answer = await service.app.request("/sign-in/start");
  assert.match(await answer.text(), /provider of identities does not answer[^]*Your key|Your key[^]*does not answer/);
  assert.equal(service.lines.find(({ level }) => level === "error")?.message, "no sign-in at the provider");
});

Deno.test("codes go to no host but those that the settings name", async () => {
  const tokens = "https://tokens.example.com/token";
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    const { origin } = new URL(url);
    return Response.json({ issuer: origin, authorization_endpoint: `${origin}/auth`, token_endpoint: tokens });
  });
  const settings = { OIDC_ISSUER: `http://127.0.0.1:${server.addr.port}`, OIDC_CLIENT_ID: "x", PUBLIC_URL };
  for (const [OIDC_HOSTS, status] of [["", 401], ["other.example.com", 401], ["tokens.example.com", 303]] as const) {
    const { signIn } = readConfig({ ...settings, OIDC_HOSTS });
    await using service = await openService({}, { access: { signIn } });
    assert.equal(await statusOf(service.app.request("/sign-in/start")), status, OIDC_HOSTS);
    assert.equal(JSON.stringify(service.lines).includes("add that host to OIDC_HOSTS"), status === 401);
  }
});
