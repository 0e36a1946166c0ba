import assert from "node:assert/strict";
import { loadSample } from "../../src/actions/load_sample.ts";
import { silentLog } from "../../src/log.ts";
import { openServedDatabase } from "../support/served_database.ts";
import { RULES } from "../support/rules.ts";
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

  await t.step("wrote all of it into the audit", async () => {
    const [row] = await owner<{ actions: number }[]>`select count(distinct action)::integer as actions from audit`;
    assert.ok((row?.actions ?? 0) >= 8, JSON.stringify(row));
  });
});
