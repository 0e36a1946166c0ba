import assert from "node:assert/strict";
import { revokeKey } from "../../src/actions/access/revoke_key.ts";
import { allows, type Need, SCOPES } from "../../src/domain/access/scope.ts";
import { RouteNeeds } from "../../src/http/access/route_needs.ts";
import { bearer, keyFor } from "../support/keys.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

/** All that answers without a key. */
const FOR_ALL = [
  "GET /assets/:name",
  "GET /health",
  "GET /healthz",
  "GET /readyz",
  "GET /sign-in",
  "POST /sign-in",
  "POST /sign-out",
];

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly needs: readonly Need[];
}

/** A route's path with something in place of its parameters. */
function pathOf(path: string): string {
  return path.split("/").map((part) => part.startsWith(":") ? crypto.randomUUID() : part).join("/");
}

Deno.test("what keys may do", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const needs = new RouteNeeds(app);
  const ask = async (method: string, path: string, headers: Record<string, string> = {}) =>
    await app.request(path, { method, headers });
  const names = new Set(
    app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`),
  );
  const routes: Route[] = [...names].map((name) => {
    const [method = "", path = ""] = name.split(" ");
    return { name, method, path: pathOf(path), needs: needs.all.get(name) ?? [] };
  });
  const guarded = routes.filter(({ needs }) => !needs.every((need) => need === "nothing") || needs.length === 0);

  await t.step("each route says what it needs, by `scope` or `needs`", () => {
    assert.deepEqual(routes.filter(({ needs }) => needs.length === 0).map(({ name }) => name), []);
  });

  await t.step("only health, readiness and the sign-in page need nothing", () => {
    const open = routes.filter((route) => !guarded.includes(route)).map(({ name }) => name);
    assert.deepEqual(open.sort(), FOR_ALL);
  });

  await t.step("without any key, everything works as for everybody", async () => {
    for (const path of ["/reports", "/stores", "/metrics", "/audit", "/docs"]) {
      assert.equal(await statusOf(ask("GET", path)), 200, path);
    }
    assert.equal((await ask("GET", "/sign-in")).headers.get("location"), "/");
  });

  const admin = await keyFor(sql, ["admin"]);
  await new Promise((resolve) => setTimeout(resolve, 1_100));

  await t.step("with a key in the database, each request without one gets 401, whatever it asks for", async () => {
    const unknown = [["GET", "/nowhere"], ["POST", "/reports/x/nothing"], ["PUT", "/"], [
      "OPTIONS",
      "/reports",
    ]] as const;
    for (const { method, path } of [...guarded, ...unknown.map(([method, path]) => ({ method, path }))]) {
      const answer = await ask(method, path);
      assert.equal(answer.status, 401, `${method} ${path}`);
      assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="Storewatch"');
      assert.deepEqual(
        { ...await jsonOf(answer), request_id: "" },
        {
          type: "/problems/key-needed",
          title: "This needs a key",
          status: 401,
          detail: "Send a key: Authorization: Bearer sw_…. A person signs in at /sign-in",
          request_id: "",
        },
      );
    }
  });

  await t.step("a body is not looked at without a key", async () => {
    let pulled = 0;
    const body = new ReadableStream({ pull: () => void pulled++ }, { highWaterMark: 0 });
    assert.equal(await statusOf(app.request("/imports/polls", { method: "POST", body })), 401);
    assert.equal(pulled, 0);
  });

  for (const scope of SCOPES.filter((scope) => scope !== "admin")) {
    await t.step(`a key for ${scope} gets 403 from what needs more, with the missing scope`, async () => {
      const headers = bearer(await keyFor(sql, [scope]));
      for (const { method, path, needs } of guarded) {
        const missing = needs.find((need) => need !== "nothing" && !allows([scope], need));
        if (missing === undefined) continue;
        const answer = await ask(method, path, headers);
        assert.equal(answer.status, 403, `${method} ${path}`);
        assert.equal((await jsonOf(answer)).scope, missing);
        const challenge = `Bearer realm="Storewatch", error="insufficient_scope", scope="${missing}"`;
        assert.equal(answer.headers.get("www-authenticate"), challenge);
      }
    });

    await t.step(`a key for ${scope} may do what needs it`, async () => {
      const headers = bearer(await keyFor(sql, [scope]));
      for (const { method, path, needs } of guarded) {
        if (method !== "GET" || !needs.every((need) => need === "nothing" || allows([scope], need))) continue;
        const status = await statusOf(ask(method, path, headers));
        assert.ok(![401, 403].includes(status), `${method} ${path}: ${status}`);
      }
    });
  }

  await t.step("expired, revoked, unknown and cut keys get 401, and their owner reads why", async () => {
    const name = "soon revoked";
    const revoked = await keyFor(sql, ["admin"], { name });
    assert.equal(await statusOf(ask("GET", "/reports", bearer(revoked))), 200);
    await revokeKey({ sql, actor: "command" }, name);
    const keys: [string, RegExp][] = [
      [revoked, /revoked/],
      [await keyFor(sql, ["admin"], { expiresAt: Date.now() * 1000 - 1 }), /expired/],
      [admin.slice(0, -1), /not known/],
      ["sw_", /not known/],
      ["\u00e9", /not known/],
    ];
    for (const [key, why] of keys) {
      const all = why.source === "not known" ? guarded.slice(0, 3) : guarded;
      for (const { method, path } of [{ method: "GET", path: "/nowhere" }, ...all]) {
        const answer = await ask(method, path, bearer(key));
        assert.equal(answer.status, 401, `${method} ${path}`);
        assert.match(answer.headers.get("www-authenticate") ?? "", /error="invalid_token"/);
        assert.match(String((await jsonOf(answer)).detail), why);
      }
    }
  });

  await t.step("old clients send a key as a password or a header, never in the address", async () => {
    const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });
    const ways: Record<string, string>[] = [
      bearer(admin),
      { authorization: `bearer  ${admin}` },
      basic(`anybody:${admin}`),
      basic(`:${admin}`),
      basic(`${admin}:`),
      { "x-api-key": admin },
    ];
    for (const headers of ways) {
      assert.equal(await statusOf(ask("GET", "/reports", headers)), 200, JSON.stringify(headers));
    }
    for (const query of [`key=${admin}`, `api_key=${admin}`, `access_token=${admin}`]) {
      assert.equal(await statusOf(ask("GET", `/reports?${query}`)), 401);
    }
    const wrong: Record<string, string>[] = [basic("x:y"), { authorization: "Basic %" }, { authorization: admin }];
    for (const headers of wrong) assert.equal(await statusOf(ask("GET", "/reports", headers)), 401);
  });

  await t.step("a key that does not count is not saved by a session or another key beside it", async () => {
    const headers = { ...bearer("sw_no"), "x-api-key": admin };
    assert.equal(await statusOf(ask("GET", "/reports", headers)), 401);
  });

  await t.step("an ingest key loads polls as files, and no others", async () => {
    const headers = { ...bearer(await keyFor(sql, ["ingest"])), "content-type": "text/csv" };
    const load = async (path: string, body: string) => await app.request(path, { method: "POST", headers, body });
    const polls = "store_id,status,timestamp_utc\na,active,2023-01-25 00:00:00 UTC\n";
    assert.equal(await statusOf(load("/imports/polls", polls)), 200);
    assert.equal((await jsonOf(await load("/imports/timezones", "x"))).scope, "manage");
    assert.equal((await jsonOf(await load("/imports", polls))).scope, "manage");
  });

  await t.step("a request key cancels reports, and deletes none", async () => {
    const headers = bearer(await keyFor(sql, ["request"]));
    const made = await jsonOf(await app.request("/trigger_report", { headers }));
    const path = `/reports/${made.report_id}`;
    assert.equal(await statusOf(ask("DELETE", path, headers)), 200);
    assert.equal((await jsonOf(await ask("DELETE", path, headers))).scope, "manage");
    assert.equal(await statusOf(ask("DELETE", path, bearer(admin))), 204);
  });

  await t.step("the audit and reports name the key", async () => {
    const name = "boss";
    const headers = bearer(await keyFor(sql, ["manage"], { name }));
    const body = JSON.stringify({
      stores: ["*"],
      from: "2023-01-01T00:00",
      to: "2023-01-02T00:00",
      kind: "other",
      reason: "x",
    });
    const made = await app.request("/exclusions", {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
    });
    assert.equal((await jsonOf(made)).made_by, "key:boss");
    const { report_id: id } = await jsonOf(await app.request("/reports", { method: "POST", headers }));
    const audit = JSON.stringify(await jsonOf(await app.request("/audit?actor=key:boss", { headers })));
    assert.match(audit, /"actor":"key:boss"[^}]*"action":"exclusion.add"/);
    assert.ok(audit.includes(`"action":"report.request","subject":"${id}"`));
  });

  await t.step("one Idempotency-Key of two clients is two keys", async () => {
    const ask = async (scope: "request" | "admin") => {
      const headers = { ...bearer(await keyFor(sql, [scope])), "idempotency-key": "1" };
      return (await jsonOf(await app.request("/reports", { method: "POST", headers }))).report_id;
    };
    assert.notEqual(await ask("request"), await ask("admin"));
  });
});

Deno.test("a service that was started as insecure lets everybody in, whatever keys there are, and each page says so", async () => {
  await using service = await openService({}, { access: { isInsecure: true } });
  await keyFor(service.sql, ["admin"]);
  for (const path of ["/", "/reports", "/nowhere"]) {
    const answer = await service.app.request(path, { headers: { accept: "text/html" } });
    assert.match(await answer.text(), /Not protected\.[^]*--insecure/, path);
  }
  assert.equal(await statusOf(service.app.request("/metrics")), 200);
});
