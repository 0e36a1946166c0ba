import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "@hono/zod-openapi";
import { removeLaterPolls, removeOldPolls } from "../../src/actions/remove_polls.ts";
import { repairPolls } from "../../src/actions/repair_polls.ts";
import { loadSample } from "../../src/actions/load_sample.ts";
import { MOST_STORES_LISTED, recordChange } from "../../src/db/audit/audit.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { AUDIT_ACTIONS } from "../../src/domain/audited.ts";
import { silentLog } from "../../src/log.ts";
import { instant } from "../support/build.ts";
import { change, remove, show } from "../support/calendar_requests.ts";
import { DATED_HOURS, EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { openService, type TestService, trigger } from "../support/http_service.ts";
import { RULES } from "../support/rules.ts";
import { until } from "../support/until.ts";

const ID = "1000000000000000001";
const EXCLUSION = { from: "2023-01-25T08:30Z", to: "2023-01-25T09:00Z", kind: "platform", reason: "Incident" };

const Entry = z.object({
  audit_id: z.number(),
  at: z.string(),
  actor: z.string(),
  request_id: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  stores_total: z.number().nullable(),
  stores: z.array(z.string()).nullable(),
  for_any_store: z.boolean(),
  where: z.unknown(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
const Page = z.object({ changes: z.array(Entry), next_cursor: z.string().nullable() });

async function pageOf({ app }: TestService, query = ""): Promise<z.output<typeof Page>> {
  return Page.parse((await show(app, `/audit${query}`)).json);
}

/** All entries, the latest first, read page by page. */
async function entriesOf(service: TestService, query = "", limit = 100): Promise<z.output<typeof Entry>[]> {
  const entries: z.output<typeof Entry>[] = [];
  for (let cursor = "";;) {
    const { changes, next_cursor } = await pageOf(service, `?limit=${limit}${query}${cursor}`);
    entries.push(...changes);
    if (next_cursor === null) return entries;
    cursor = `&cursor=${next_cursor}`;
  }
}

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
  assert.deepEqual([...seen].sort(), [...AUDIT_ACTIONS].sort(), "every kind of change is in this test");
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

Deno.test("pages of the audit are the whole audit, filtered as a filter in memory does", async () => {
  await using service = await openService();
  const { sql } = service;
  const stores = ["a", "b", "c"];
  const entry = fc.record({
    actor: fc.constantFrom("command" as const, "page" as const, "anonymous" as const),
    action: fc.constantFrom(...AUDIT_ACTIONS),
    ids: fc.option(fc.uniqueArray(fc.constantFrom(...stores)), { nil: undefined }),
    isForAll: fc.boolean(),
  });
  const given = fc.sample(entry, { numRuns: 60, seed: 3 });
  for (const { actor, action, ids, isForAll } of given) {
    await transaction(
      sql,
      (tx) => recordChange(tx, { actor }, { action, stores: { ids, total: ids?.length ?? 1, isForAll } }),
    );
  }
  // Several of one instant, so that a cursor has to tell them apart.
  await sql`update audit set at = '2026-01-01T00:00:00Z'::timestamptz + (audit_id / 7) * interval '1 hour'`;
  const all = (await entriesOf(service)).map((entry, index) => ({ ...entry, ...given.toReversed()[index] }));
  const time = fc.option(fc.integer({ min: 0, max: 9 }).map((hour) => `2026-01-01T0${hour}:00:00Z`), {
    nil: undefined,
  });
  const query = fc.record({
    actor: fc.option(fc.constantFrom("command", "page"), { nil: undefined }),
    action: fc.option(fc.constantFrom("file.load", "hours.put"), { nil: undefined }),
    store_id: fc.option(fc.constantFrom(...stores, "nobody"), { nil: undefined }),
    since: time,
    until: time,
    limit: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(query, async ({ limit, ...filters }) => {
      const parts = Object.entries(filters).flatMap(([name, value]) =>
        value === undefined ? [] : [`&${name}=${value}`]
      );
      const found = await entriesOf(service, parts.join(""), limit);
      const { actor, action, store_id: storeId, since = "", until = "9" } = filters;
      const expected = all.filter((entry) =>
        (actor === undefined || entry.actor === actor) && (action === undefined || entry.action === action) &&
        (storeId === undefined || entry.isForAll || entry.ids?.some((id) => id === storeId)) &&
        entry.at >= since && entry.at < until
      );
      assert.deepEqual(found.map(({ audit_id }) => audit_id), expected.map(({ audit_id }) => audit_id));
    }),
    { numRuns: 60 },
  );
});

Deno.test("an entry has at most 64 kB before and after, and lists at most 10,000 stores", async () => {
  await using service = await openService();
  const { sql } = service;
  const many = Array.from({ length: MOST_STORES_LISTED + 1 }, (_, index) => `s${index}`);
  const before = { short: "x", long: "ä".repeat(40_000), longer: "y".repeat(90_000) };
  await transaction(sql, async (tx) => {
    const change = { action: "file.load", before, after: { short: "y" } } as const;
    await recordChange(tx, { actor: "page" }, { ...change, stores: { ids: many, total: many.length } });
    await recordChange(tx, { actor: "page" }, { ...change, stores: { ids: many.slice(1), total: many.length - 1 } });
  });
  const [second, first] = await entriesOf(service);
  assert.deepEqual(first?.before, { short: "x", left_out: ["longer", "long"] });
  assert.deepEqual([first?.stores, first?.stores_total, first?.for_any_store], [null, 10_001, true]);
  assert.deepEqual([second?.stores?.length, second?.stores_total, second?.for_any_store], [100, 10_000, false]);
  const [{ bytes } = { bytes: 0 }] = await sql<{ bytes: number }[]>`
    select max(octet_length(before::text)) as bytes from audit`;
  assert.ok(bytes <= 65_536);
  assert.equal((await entriesOf(service, "&store_id=s0")).length, 1);
  assert.equal((await entriesOf(service, "&store_id=s1")).length, 2);
});

Deno.test("a change whose connection is killed before its end leaves neither the change nor an entry", async () => {
  await using service = await openService();
  const { app, sql } = service;
  const kill = async (doing: () => Promise<unknown>) => {
    let ended: Promise<unknown> = Promise.resolve();
    await transaction(sql, async (tx) => {
      // The entry is the last that a change writes: there it waits.
      await tx`lock table audit in exclusive mode`;
      ended = doing();
      await until(
        async () => {
          // By another session: a transaction sees the activity of its beginning.
          const killed = await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
          return killed.length > 0;
        },
        `the change waits for the audit: ${doing}`,
        10,
      );
    });
    return await ended;
  };
  const state = async () =>
    JSON.stringify([
      await sql`select * from stores order by store_key`,
      await sql`select * from business_hours order by 1, 2, 3`,
      await sql`select * from special_hours`,
      await sql`select * from exclusions`,
      await sql`select import_id from imports`,
      await sql`select * from audit`,
    ]);
  const status = async (answer: ReturnType<typeof change>) => (await answer).status;
  const text = `${SPECIAL}\n${ID},2023-01-25,,,\nnew,2023-01-25,,,\n`;
  const doings: (() => Promise<unknown>)[] = [
    () => status(change(app, "POST /exclusions", { ...EXCLUSION, stores: ["*"] })),
    () => status(change(app, `PUT /stores/${ID}/special-hours/2023-01-25`, { openings: [] })),
    () => status(change(app, `PUT /stores/${ID}/hours?valid_from=2023-01-01`, { hours: [] })),
    () => status(change(app, `PATCH /stores/${ID}`, { name: "x", timezone: "Asia/Tokyo" })),
    () => remove(app, `/stores/${ID}`),
    async () => {
      const init = { method: "POST", body: text, headers: { "content-type": "text/csv" } };
      return (await app.request("/imports", init)).status;
    },
  ];
  const before = await state();
  for (const doing of doings) {
    assert.equal(await kill(doing), 503, String(doing));
    assert.equal(await state(), before, String(doing));
  }
});
