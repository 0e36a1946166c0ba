import assert from "node:assert/strict";
import fc from "fast-check";
import { MOST_STORES_LISTED, recordChange } from "../../src/db/audit/audit.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { AUDIT_ACTIONS } from "../../src/domain/audited.ts";
import { change, remove } from "../support/calendar_requests.ts";
import { SPECIAL } from "../support/calendar_rows.ts";
import { openService } from "../support/http_service.ts";
import { until } from "../support/until.ts";
import { entriesOf } from "../support/audit_requests.ts";

const ID = "1000000000000000001";
const EXCLUSION = { from: "2023-01-25T08:30Z", to: "2023-01-25T09:00Z", kind: "platform", reason: "Incident" };

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
