import assert from "node:assert/strict";
import { revokeKey } from "../../src/actions/access/revoke_key.ts";
import { signInPerson } from "../../src/actions/access/sign_in_person.ts";
import { loadSample } from "../../src/actions/load_sample.ts";
import { silentLog } from "../../src/log.ts";
import { forgetOldCounts } from "../../src/db/access/rate_limit.ts";
import { jsonOf, statusOf } from "../support/http_service.ts";
import { bearer, cookieOf, keyFor } from "../support/keys.ts";
import { openServedDatabase } from "../support/served_database.ts";
import { RULES } from "../support/rules.ts";
import { until } from "../support/until.ts";
import { startWholeService } from "../support/whole_service.ts";

Deno.test("a service whose role owns nothing does all that a service does", async (t) => {
  await using database = await openServedDatabase();
  const { service: sql, owner } = database;
  await using service = await startWholeService(database.addresses.service);

  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const init = body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const answer = await fetch(service.url + path, { method, ...init });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  };

  await t.step("loads files of all kinds, with months that are new", async () => {
    await loadSample({ sql, actor: "page", zoneRules: RULES, log: silentLog });
    const [row] = await owner<{ owners: number }[]>`
      select count(distinct relowner)::integer as owners from pg_class where relname like 'poll\\_days%' and relkind in ('r', 'p')`;
    assert.equal(row?.owners, 1, "months belong to the owner of the others");
  });

  await t.step("takes live polls of another month", async () => {
    const polls = [{ store_id: "new", status: "active", timestamp_utc: "2023-03-01T00:00:00Z" }];
    assert.equal((await call("POST", "/polls", polls)).accepted, 1);
  });

  await t.step("makes a report, and deletes it", async () => {
    const { report_id: id } = await call("POST", "/reports", {});
    for (let state = ""; state !== "Completed";) {
      state = String((await call("GET", `/reports/${id}`)).status);
      assert.notEqual(state, "Failed");
    }
    await call("DELETE", `/reports/${id}`);
  });

  await t.step("changes stores and calendars", async () => {
    await call("PATCH", "/stores/new", { name: "New", tags: { region: "West" } });
    await call("PUT", "/stores/new/hours", { hours: [{ day: 0, start_time_local: "09:00", end_time_local: "17:00" }] });
    await call("PUT", "/stores/new/special-hours/2023-03-01", { openings: [] });
    const when = { from: "2023-03-01T00:00", to: "2023-03-02T00:00", kind: "planned", reason: "works" };
    const { exclusion_id: id } = await call("POST", "/exclusions", { stores: ["new"], ...when });
    await call("DELETE", `/exclusions/${id}`);
    await call("DELETE", "/stores/new");
  });

  await t.step("makes, counts, limits and revokes keys, and signs people in and out", async () => {
    const admin = await keyFor(sql, ["admin"]);
    const name = "west";
    const west = await keyFor(sql, ["manage"], { name, where: { region: ["Far West"] } });
    const polls = [{ store_id: "west", status: "active", timestamp_utc: "2023-03-01T00:00:00Z" }];
    const headers = { ...bearer(admin), "content-type": "application/json" };
    const ask = async (path: string, init: RequestInit) => await fetch(service.url + path, init);
    await until(async () => await statusOf(ask("/reports", {})) === 401, "the first key closes the service");
    assert.equal(await statusOf(ask("/polls", { method: "POST", headers, body: JSON.stringify(polls) })), 200);
    const tagged = await statusOf(
      ask("/stores/west", { method: "PATCH", headers, body: JSON.stringify({ tags: { region: "Far West" } }) }),
    );
    assert.equal(tagged, 200);
    const seen = await jsonOf(await ask("/stores", { headers: bearer(west) }));
    assert.match(JSON.stringify(seen), /"stores":\[\{"store_id":"west"[^\]]*\],/);
    assert.equal(await statusOf(ask("/reports", { method: "POST", headers: bearer(west) })), 202);
    const change = { method: "PATCH", headers: { ...headers, ...bearer(west) }, body: JSON.stringify({ name: "W" }) };
    assert.equal(await statusOf(ask("/stores/west", change)), 200);
    assert.equal(await statusOf(ask("/stores/new", change)), 404);

    const form = { method: "POST", body: new URLSearchParams({ key: admin }), redirect: "manual" } as const;
    const signedIn = await ask("/sign-in", form);
    await signedIn.body?.cancel();
    const cookie = cookieOf(signedIn);
    assert.equal(await statusOf(ask("/reports", { headers: { cookie } })), 200);
    await statusOf(ask("/sign-out", { method: "POST", headers: { cookie }, redirect: "manual" }));
    assert.equal(await statusOf(ask("/reports", { headers: { cookie } })), 401);
    const person = {
      issuer: "https://id.example.com",
      subject: "1",
      name: "ada",
      scopes: ["read"],
      where: undefined,
    } as const;
    await signInPerson({ sql }, person);
    await signInPerson({ sql }, person);

    await revokeKey({ sql, actor: "command" }, name);
    assert.equal(await statusOf(ask("/stores", { headers: bearer(west) })), 401);
    await forgetOldCounts(sql);
  });

  await t.step("wrote all of it into the audit", async () => {
    const [row] = await owner<{ actions: number }[]>`select count(distinct action)::integer as actions from audit`;
    assert.ok((row?.actions ?? 0) >= 8, JSON.stringify(row));
  });
});
