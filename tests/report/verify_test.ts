import assert from "node:assert/strict";
import { withdrawExclusion } from "../../src/actions/calendar/withdraw_exclusion.ts";
import { changeStore } from "../../src/actions/change_store.ts";
import { removeStore } from "../../src/actions/remove_store.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import type { Verification } from "../../src/report/verify/verify_report.ts";
import { instant } from "../support/build.ts";
import { EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { HOURS, importText, POLLS } from "../support/csv_file.ts";
import { putPolls, putStores, type TestStore } from "../support/fleet.ts";
import { rowLines, rowsThatDiffer } from "../support/report_lines.ts";
import { openFixture } from "../support/reports.ts";
import { changedRules, RULES } from "../support/rules.ts";
import { causesOf, verify } from "../support/verify.ts";

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const FLEET: readonly TestStore[] = [
  {
    id: "a",
    zone: "UTC",
    hours: DAYS.map((day) => [day, "09:00", "17:00"]),
    polls: ["08:00 active", "16:00 inactive"],
  },
  { id: "b", zone: "America/Chicago", polls: ["2023-01-24 18:00 inactive", "2023-01-24 19:00 active", "17:00 active"] },
  { id: "c", polls: ["2022-12-01 00:00 inactive"] },
  { id: "never polled" },
];
const REQUEST = { asOf: instant("18:00"), windows: ["last_day", "yesterday"] };
const actor = "anonymous";

async function change(sql: Sql, storeId: string, changes: Partial<Parameters<typeof changeStore>[2]>): Promise<void> {
  await changeStore({ sql, actor, zoneRules: RULES }, storeId, changes);
}

interface Case {
  readonly change: (sql: Sql) => Promise<unknown>;
  readonly because: readonly string[];
  readonly rows: number;
  readonly stores?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  "nothing": { change: () => Promise.resolve(), because: [], rows: 0 },
  "a poll after as-of": { change: (sql) => putPolls(sql, "a", ["18:00:00.000001 active"]), because: [], rows: 0 },
  "an old poll that another one follows": {
    change: (sql) => putPolls(sql, "c", ["2022-11-01 00:00 active"]),
    because: [],
    rows: 0,
  },
  "a late poll": {
    change: (sql) => putPolls(sql, "a", ["10:00 inactive"]),
    because: ["polls"],
    rows: 1,
    stores: ["a"],
  },
  "a poll that another one of its instant changes": {
    change: (sql) => putPolls(sql, "b", ["17:00 inactive"]),
    because: ["polls"],
    rows: 1,
    stores: ["b"],
  },
  "a late poll that is older than all windows": {
    change: (sql) => putPolls(sql, "c", ["2023-01-02 00:00 active"]),
    because: ["polls"],
    rows: 2,
    stores: ["c"],
  },
  "an edited hour": {
    change: (sql) => importText(sql, `${HOURS}\n${DAYS.map((day) => `a,${day},09:00,17:01\n`).join("")}`),
    because: ["calendars"],
    rows: 2,
    stores: ["a"],
  },
  "a special date": {
    change: (sql) => importText(sql, `${SPECIAL}\na,2023-01-24,,,\n`),
    because: ["calendars"],
    rows: 1,
    stores: ["a"],
  },
  "a special date of all stores, long after": {
    change: (sql) => importText(sql, `${SPECIAL}\n*,2023-12-24,,,\n`),
    because: [],
    rows: 0,
  },
  "an exclusion": {
    change: (sql) => importText(sql, `${EXCLUSIONS}\nb,2023-01-25T10:00Z,2023-01-25T11:00Z,planned,paint\n`),
    because: ["calendars"],
    rows: 1,
    stores: ["b"],
  },
  "a withdrawn exclusion": {
    change: async (sql) => {
      const [found] = await sql<{ id: string }[]>`select exclusion_id as id from exclusions`;
      await withdrawExclusion({ sql, actor }, found?.id ?? "");
    },
    because: ["calendars"],
    rows: 1,
    stores: ["b"],
  },
  "an exclusion of all stores": {
    change: (sql) => importText(sql, `${EXCLUSIONS}\n*,2023-01-25T16:00Z,2023-01-25T16:30Z,platform,outage\n`),
    because: ["calendars"],
    rows: 4,
    stores: ["a", "b", "c", "never polled"],
  },
  "another zone": {
    change: (sql) => change(sql, "b", { timezone: "Asia/Kathmandu" }),
    because: ["calendars"],
    rows: 2,
    stores: ["b"],
  },
  "another zone and a late poll": {
    change: async (sql) => {
      await change(sql, "b", { timezone: "Europe/Berlin" });
      await putPolls(sql, "b", ["2023-01-24 12:00 inactive"]);
    },
    because: ["polls", "calendars"],
    rows: 2,
    stores: ["b"],
  },
  "another name": { change: (sql) => change(sql, "a", { name: "Corner" }), because: ["tags"], rows: 2, stores: ["a"] },
  "another tag": { change: (sql) => change(sql, "a", { tags: { region: "West" } }), because: ["tags"], rows: 2 },
  "another target": { change: (sql) => change(sql, "c", { targetPercent: "99.5" }), because: ["tags"], rows: 2 },
  "other sales": { change: (sql) => change(sql, "c", { salesPerHour: "120" }), because: ["tags"], rows: 2 },
  "a new store": {
    change: (sql) => importText(sql, `${POLLS}\nnew,active,2023-01-25 12:00:00 UTC\n`),
    because: ["polls", "tags"],
    rows: 2,
    stores: ["new"],
  },
  "a removed store": { change: (sql) => removeStore({ sql, actor }, "new"), because: ["polls", "tags"], rows: 2 },
  "a removed store without polls": {
    change: (sql) => removeStore({ sql, actor }, "never polled"),
    because: ["tags"],
    rows: 2,
    stores: ["never polled"],
  },
};

Deno.test("each change has its cause, and rows differ where those of a new report do", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, FLEET);
  for (const [name, { change, because, rows, stores }] of Object.entries(CASES)) {
    const before = await fixture.report(REQUEST);
    await change(sql);
    const found = await verify(fixture, before.report.reportId);
    const after = await fixture.report(REQUEST);
    const differ = rowsThatDiffer(await rowLines(fixture, before), await rowLines(fixture, after));
    assert.deepEqual([causesOf(found), found.rowsDiffer], [because, rows], name);
    assert.equal(differ, rows, name);
    if (stores !== undefined) assert.deepEqual(found.stores.map(({ storeId }) => storeId), stores, name);
    assert.ok(found.differences.length >= Math.min(rows, 1) && found.differences.length <= 20);
  }
});

Deno.test("other zone rules and another version have their causes alone, by windows of a calendar and by any method", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const moved = changedRules(RULES, "2099a", { "America/Chicago": [instant("2023-01-10 00:00"), -11] });
  const same = { ...RULES, version: "2099b" };
  for (const method of METHOD_NAMES) {
    const { report: { reportId } } = await fixture.report({ ...REQUEST, method });
    const found = await verify(fixture, reportId, { zoneRules: moved });
    assert.deepEqual([causesOf(found), found.stores.map(({ storeId }) => storeId)], [["tzdata"], [
      "b",
      "c",
      "never polled",
    ]], method);
    const others = [
      await verify(fixture, reportId, { zoneRules: same }),
      await verify(fixture, reportId, { version: "9" }),
    ];
    assert.deepEqual(others.map((each) => [each.rowsDiffer, causesOf(each)]), [[0, ["tzdata"]], [0, ["version"]]]);
  }
});

Deno.test("the late polls of a store are found: one, a stretch of them, or one that changed its instant", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, FLEET);
  const late = async (...polls: string[]) => {
    const { report: { reportId } } = await fixture.report(REQUEST);
    for (const storeId of ["a", "b"]) await putPolls(sql, storeId, polls);
    const { stores }: Verification = await verify(fixture, reportId);
    return stores.map(({ storeId, polls }) => [storeId, polls?.late, (polls?.now ?? 0) - (polls?.then ?? 0)]);
  };
  const run = (count: number, first: string, last = first) => ({ count, first: instant(first), last: instant(last) });
  const one = run(1, "09:30");
  assert.deepEqual(await late("09:30 inactive"), [["a", one, 1], ["b", one, 1]]);
  const three = run(3, "11:00", "13:00");
  assert.deepEqual(await late("11:00 inactive", "12:00 active", "13:00 inactive"), [["a", three, 3], ["b", three, 3]]);
  const changed = run(1, "12:00");
  assert.deepEqual(await late("12:00 inactive"), [["a", changed, 0], ["b", changed, 0]]);
  assert.deepEqual(await late("11:30 active", "12:30 inactive"), [["a", undefined, 2], ["b", undefined, 2]]);
});

Deno.test("stores by tags: one that matches no more, or only now, differs because of its tags", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, FLEET);
  for (const id of ["a", "b"]) await change(sql, id, { tags: { region: "West" } });
  const request = { ...REQUEST, where: { region: ["West"] } };
  const { report: { reportId, rows } } = await fixture.report(request);
  assert.equal(rows, 2);
  await change(sql, "b", { tags: { region: null } });
  await change(sql, "c", { tags: { region: "West" } });
  const found = await verify(fixture, reportId);
  assert.deepEqual([causesOf(found), found.rowsDiffer, found.storesDiffer], [["tags"], 4, 2]);
  assert.deepEqual(
    found.differences.map(({ storeId, column, then, now }) => [storeId, column, then === undefined, now === undefined]),
    [["b", "scheduled", false, true], ["b", "scheduled", false, true], ["c", "scheduled", true, false], [
      "c",
      "scheduled",
      true,
      false,
    ]],
  );
  await removeStore({ sql, actor }, "b");
  assert.deepEqual(causesOf(await verify(fixture, reportId)), ["polls", "tags"]);
});

Deno.test("a database without polls, and one without stores, differ in all rows", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, FLEET);
  const { report: { reportId } } = await fixture.report(REQUEST);
  for (const { id } of FLEET) await removeStore({ sql, actor }, id);
  const found = await verify(fixture, reportId);
  assert.deepEqual([causesOf(found), found.rowsDiffer], [["polls", "tags"], 8]);
  assert.deepEqual(
    found.stores.map(({ changes }) => changes.map(({ action }) => action)),
    FLEET.map(() => ["store.remove"]),
  );
});

Deno.test("a verification stops with its signal, and writes no row and no file", async () => {
  await using fixture = await openFixture();
  await putStores(fixture.sql, FLEET);
  const { report: { reportId } } = await fixture.report(REQUEST);
  const files = () => Array.from(Deno.readDirSync(fixture.deps.reportsFolder), ({ name }) => name).sort();
  const before = files();
  await verify(fixture, reportId, { chunkSize: 1 });
  assert.deepEqual(files(), before);
  const [row] = await fixture.sql<{ count: number }[]>`select count(*)::integer as count from reports`;
  assert.equal(row?.count, 1);
  const signal = AbortSignal.abort(new Error("the client left"));
  await assert.rejects(verify(fixture, reportId, { signal }), /the client left/);
});
