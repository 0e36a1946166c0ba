import assert from "node:assert/strict";
import { removeLaterPolls, removeOldPolls } from "../../src/actions/remove_polls.ts";
import { repairPolls } from "../../src/actions/repair_polls.ts";
import { loadSample } from "../../src/actions/load_sample.ts";
import { ACCESS_ACTIONS, AUDIT_ACTIONS } from "../../src/domain/audited.ts";
import { silentLog } from "../../src/log.ts";
import { instant } from "../support/build.ts";
import { change, remove } from "../support/calendar_requests.ts";
import { DATED_HOURS, EXCLUSIONS } from "../support/calendar_rows.ts";
import { openService, type TestService, trigger } from "../support/http_service.ts";
import { RULES } from "../support/rules.ts";
import { entriesOf } from "../support/audit_requests.ts";

const ID = "1000000000000000001";
const EXCLUSION = { from: "2023-01-25T08:30Z", to: "2023-01-25T09:00Z", kind: "platform", reason: "Incident" };

async function load({ app }: TestService, text: string): Promise<unknown> {
  const headers = { "content-type": "text/csv", "x-request-id": "the-load" };
  return (await (await app.request("/imports", { method: "POST", body: text, headers })).json()).import_id;
}

Deno.test("each kind of change is one entry, with the request, the stores, and what was before and after", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const headers = { "x-request-id": "the-request" };
  const ids = { first: ID, second: "1000000000000000002" };
  await change(app, `PATCH /stores/${ID}`, { name: "Corner" }, headers);
  await change(app, `PUT /stores/${ID}/hours`, { hours: [] }, headers);
  await change(app, `PUT /stores/${ids.second}/hours`, { hours: [] }, headers);
  await change(app, `PUT /stores/*/special-hours/2023-01-25`, { openings: [] }, headers);
  await remove(app, `/stores/*/special-hours/2023-01-25`, headers);
  const { json: { exclusion_id } } = await change(app, "POST /exclusions", { ...EXCLUSION, stores: [ID] }, headers);
  await change(app, `PATCH /exclusions/${exclusion_id}`, { reason: "Fire" }, headers);
  await remove(app, `/exclusions/${exclusion_id}`, headers);
  const file = await load(service, `${DATED_HOURS}\n${ID},,0,09:00,17:00\nnew,,0,09:00,17:00\nnew,,9,,\n`);
  const rules = await load(
    service,
    `${EXCLUSIONS}\n*,2023-01-05 09:00,2023-01-06 09:00,other,x\n${ID},2023-01-05 09:00,2023-01-06 09:00,other,x\n`,
  );
  const polls = await load(service, `store_id,status,timestamp_utc\n${ID},active,2023-01-25 09:30:00 UTC\n`);
  await load(service, `${DATED_HOURS}\nfails,,9,,\n`);
  await change(app, "POST /polls", { store_id: ID, status: "active", timestamp_utc: "2023-01-25T09:31:00Z" }, headers);
  const [cancelled, deleted] = [await trigger(app), await service.report()];
  await remove(app, `/reports/${cancelled}`, headers);
  await remove(app, `/reports/${deleted}`, headers);
  await remove(app, `/stores/${ids.second}`, headers);
  await removeOldPolls({ sql, actor: "command" }, instant("2022-06-01 00:00"));
  await removeLaterPolls({ sql, actor: "command" }, instant("2023-01-25 09:30"));
  await repairPolls({ sql, actor: "command" }, { malformed_day: 2 });
  const times = { from: "2023-01-25T08:30:00Z", to: "2023-01-25T09:00:00Z" };
  const by = { actor: "anonymous", request_id: "the-request", subject: null, where: null, for_any_store: false };
  const one = { ...by, stores_total: 1, stores: [ID] };
  const nothing = { ...by, stores_total: null, stores: null };
  const command = { actor: "command", request_id: null, subject: null, where: null };
  const special = { ...by, for_any_store: true, stores: null, stores_total: 3 };
  const loaded = { rows: 1, accepted: 1, rejected: 0, changed: 1, stores_new: 0, source: "upload" };
  const expected = [
    { ...one, action: "store.change", before: { name: null }, after: { name: "Corner" } },
    {
      ...one,
      stores: [ids.second],
      action: "hours.put",
      before: { hours: [{ day: 2, start: "00:00:00", end: "24:00:00" }] },
      after: { hours: null },
    },
    {
      ...special,
      action: "special_hours.put",
      before: { date: "2023-01-25", openings: null, reason: null },
      after: { date: "2023-01-25", openings: [], reason: null },
    },
    {
      ...special,
      action: "special_hours.remove",
      before: { date: "2023-01-25", openings: [], reason: null },
      after: { date: "2023-01-25", openings: null, reason: null },
    },
    {
      ...one,
      action: "exclusion.add",
      subject: exclusion_id,
      before: null,
      after: { ...times, kind: "platform", reason: "Incident" },
    },
    {
      ...one,
      action: "exclusion.change",
      subject: exclusion_id,
      before: { reason: "Incident" },
      after: { reason: "Fire" },
    },
    {
      ...one,
      action: "exclusion.withdraw",
      subject: exclusion_id,
      before: { ...times, kind: "platform", reason: "Fire", withdrawn: false },
      after: { withdrawn: true },
    },
    {
      ...one,
      request_id: "the-load",
      action: "file.load",
      subject: file,
      before: null,
      after: { ...loaded, kind: "hours", rows: 3, rejected: 2, stores_new: 1 },
    },
    {
      ...one,
      request_id: "the-load",
      for_any_store: true,
      action: "file.load",
      subject: rules,
      before: null,
      after: { ...loaded, kind: "exclusions", rows: 2, accepted: 2, changed: 2 },
    },
    {
      ...one,
      request_id: "the-load",
      stores: null,
      action: "file.load",
      subject: polls,
      before: null,
      after: { ...loaded, kind: "polls" },
    },
    { ...nothing, action: "report.cancel", subject: cancelled, before: null, after: { status: "Cancelled" } },
    {
      ...nothing,
      action: "report.delete",
      subject: deleted,
      before: { reports: [deleted], reports_total: 1 },
      after: null,
    },
    {
      ...one,
      stores: [ids.second],
      action: "store.remove",
      before: {
        tags: {},
        polls: 1,
        hours: 0,
        special_dates: 0,
        exclusions: 0,
      },
      after: null,
    },
    {
      ...command,
      action: "polls.remove",
      for_any_store: true,
      stores: null,
      stores_total: 3,
      before: { polls_after: "2023-01-25T09:30:00Z" },
      after: null,
    },
    {
      ...command,
      action: "polls.repair",
      for_any_store: false,
      stores: null,
      stores_total: null,
      before: { faults: { malformed_day: 2 } },
      after: { faults: {} },
    },
  ];
  const entries = (await entriesOf(service)).toReversed();
  for (const [index, { audit_id: _, at: __, ...entry }] of entries.entries()) {
    // Postgres sorts the names of members.
    const plain = JSON.parse(JSON.stringify(entry));
    const { after } = expected[index] ?? {};
    assert.deepEqual(plain, { ...JSON.parse(JSON.stringify(expected[index] ?? null)), after: after ?? null });
  }
  assert.equal(entries.length, expected.length);
  const seen = new Set(entries.map(({ action }) => action));
  // Tests of access have the others: a report is written down if a key or a person asks for it.
  const all = AUDIT_ACTIONS.filter((action) => action !== "report.request" && !ACCESS_ACTIONS.includes(action));
  assert.deepEqual([...seen].sort(), all.sort(), "every kind of change is in this test");
});

Deno.test("a sample is an entry a file, by the page that asked for it", async () => {
  await using service = await openService();
  await loadSample({ sql: service.sql, actor: "page", requestId: "r", zoneRules: RULES, log: silentLog });
  const entries = await entriesOf(service, "&actor=page&action=file.load");
  assert.deepEqual(new Set(entries.map(({ request_id }) => request_id)), new Set(["r"]));
  assert.deepEqual(entries.map(({ after }) => after?.kind), [
    "polls",
    "exclusions",
    "special-hours",
    "hours",
    "hours",
    "stores",
    "timezones",
  ]);
  assert.equal(entries.at(-1)?.stores?.length, 100);
});
