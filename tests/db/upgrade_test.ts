import assert from "node:assert/strict";
import { listImports } from "../../src/db/imports/import_list.ts";
import { marksOf } from "../../src/db/imports/marks.ts";
import { streamRejects } from "../../src/db/imports/rejects.ts";
import { carryOverRows } from "../../src/db/polls/carry_over.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { migrate } from "../../src/db/postgres/migrate.ts";
import { REPORT_STATUSES } from "../../src/db/reports/report.ts";
import { getReport } from "../../src/db/reports/reports.ts";
import { findStoreGaps } from "../../src/db/stores/store_gaps.ts";
import { getStore } from "../../src/db/polls/store_overview.ts";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { makeReport } from "../../src/report/make_report.ts";
import { readRules } from "../../src/db/stores/store_rules.ts";
import { hours, instant, weekly } from "../support/build.ts";
import { DATED_HOURS, storedVersions } from "../support/calendar_rows.ts";
import { importText, storedHours, storedPolls, storedStores } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { schemaOf } from "../support/old_schema.ts";
import { openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";
import { FleetStates } from "../../src/states/fleet_states.ts";

/** The last version before imports had warnings. */
const BEFORE_WARNINGS = 7;
/** The last version in which a store had one week of hours for all time. */
const BEFORE_CALENDARS = 16;
/** The last version in which a report and an import had a state. */
const BEFORE_STATUS = 13;

Deno.test("an update keeps stores, polls and imports as they are, and makes a report in progress again", async () => {
  await using bench = await openFixture();
  const { sql, deps } = bench;
  await schemaOf(sql, BEFORE_WARNINGS);
  await sql`insert into stores (store_id, timezone) values ('1001.0', 'UTC'), ('never polled', 'UTC')`;
  await sql`select provide_polls_of('2023-01-01'), provide_polls_of('2099-01-01')`;
  await sql`
    insert into polls (store_key, at, active)
    select store_key, at, true from stores, unnest(array['2023-01-25 09:00Z', '2099-01-01 00:00Z']::timestamptz[]) as at
    where store_id = '1001.0'`;
  const [importId, reportId] = [crypto.randomUUID(), crypto.randomUUID()];
  await sql`
    insert into imports (import_id, kind, source, bytes, rows, accepted, rejected, finished_at)
    values (${importId}, 'polls', 'old.csv', 9, 2, 1, 1, now())`;
  await sql`insert into rejects (import_id, line, value, reason) values (${importId}, 3, 'x', 'is bad')`;
  await sql`
    insert into reports (report_id, state, made_by, method, axes, "precision", as_of_asked, run)
    values (${reportId}, 'Running', 'queue', 'step', '{}', 2, '2023-01-25 10:00Z', 1)`;

  await migrate(sql);
  await carryOverRows(sql);

  const store = await getStore(sql, "1001.0");
  assert.equal(store?.latestPoll?.at, instant("2099-01-01 00:00"), "an id and a poll that are refused today stay");
  assert.deepEqual(await marksOf(sql, "1001.0"), []);
  const gaps = await findStoreGaps(sql);
  assert.deepEqual(gaps.map(({ code, stores }) => [code, stores]), [
    ["without_polls", ["never polled"]],
    ["without_hours", ["1001.0"]],
  ]);
  const [file] = await listImports(sql, 1);
  assert.deepEqual([file?.status, file?.rejected, file?.notices, file?.warnings], ["loaded", 1, [], []]);
  assert.deepEqual(await Array.fromAsync(streamRejects(sql, importId), ({ line }) => line), [3]);
  await makeReport(deps, reportId);
  const report = await getReport(sql, reportId);
  assert.deepEqual([report?.status, report?.rows, report?.warnings], ["Completed", 2, []]);
});

databaseTest(
  "reports and imports keep their statuses, and reports their HTTP methods, when the columns get those names",
  async ({ sql }) => {
    await schemaOf(sql, BEFORE_STATUS);
    await sql`
    insert into reports (report_id, made_by, asked_by, state, reason, request, as_of, rows, bytes, sha256, finished_at)
    select gen_random_uuid(), 'queue', 'GET', state, state, ${JSON.stringify(DEFAULT_REQUEST)}, now(), 1, 1, 'x', now()
    from unnest(${[...REPORT_STATUSES]}::text[]) as state`;
    await sql`
    insert into imports (import_id, kind, source, state, reason)
    select gen_random_uuid(), 'polls', state, state, state from unnest(array['loaded', 'failed']) as state`;

    await migrate(sql);

    const kept = await sql<{ status: string; was: string }[]>`
    select status, reason as was from reports union all select status, source from imports`;
    const were = [...REPORT_STATUSES, "loaded", "failed"];
    assert.deepEqual(
      new Set(kept.map(({ status, was }) => `${was} is ${status}`)),
      new Set(were.map((was) => `${was} is ${was}`)),
    );
    assert.equal((await sql`select http_method from reports where http_method <> 'GET'`).length, 0);
    await assert.rejects(sql`update reports set http_method = 'PUT'`, /reports_http_method_check/);
    await assert.rejects(sql`update reports set status = 'Lost'`, /reports_status_check/);
    await assert.rejects(sql`update imports set status = 'lost'`, /imports_status_check/);
  },
);

databaseTest(
  "hours that are there become the version that has no beginning, also if a store is always closed",
  async ({ sql }) => {
    await schemaOf(sql, BEFORE_CALENDARS);
    await sql`insert into stores (store_id) values ('closed'), ('nights'), ('unknown')`;
    await sql`insert into business_hours select store_key, 4, '22:00', '02:00' from stores where store_id = 'nights'`;
    await sql`update stores set hours = '' where store_id = 'closed'`;

    await migrate(sql);

    assert.deepEqual(await storedVersions(sql), ["closed -infinity closed", "nights -infinity 4 22:00:00-02:00:00"]);
    const versions = (await readRules(sql, sql`true`)).map(({ rules }) => rules.versions);
    assert.deepEqual(
      versions,
      [weekly([]), weekly([hours("Friday", "22:00", "02:00")]), weekly(undefined)]
        .map((calendar) => calendar.versions),
    );
    const { changed } = await importText(
      sql,
      `${DATED_HOURS}\nnights,2026-03-01,4,20:00,23:00\nclosed,2026-03-01,4,20:00,23:00\n`,
    );
    assert.equal(changed, 2, "earlier versions stay");
  },
);

/** Puts polls into a schema of before calendars, which today's program cannot feed. */
async function putDays(sql: Sql, polls: readonly { store: string; at: string; active: boolean }[]): Promise<void> {
  await sql`select provide_poll_days_of('2023-01-01')`;
  for (const { store, at, active } of polls) {
    await sql`
      insert into poll_days
      select store_key, (${at}::timestamptz at time zone 'UTC')::date, poll_entry(${at}::timestamptz, ${active})
      from stores where store_id = ${store}`;
  }
  await sql`insert into latest_polls select 0, max(at) from polls`;
  await sql`update stores set polled = true`;
}

databaseTest("an update to calendars keeps polls, hours, zones, marks and states as they are", async ({ sql }) => {
  await schemaOf(sql, BEFORE_CALENDARS);
  await putStores(sql, [
    { id: "always open" },
    { id: "lunch", zone: "Asia/Kathmandu", hours: [[2, "09:00", "12:00"], [2, "13:00", "17:00"]] },
    { id: "nights", zone: "UTC", hours: [[1, "22:00", "09:30"]] },
    { id: "shut", zone: "UTC", hours: [[6, "10:00", "12:00"]] },
  ]);
  await putDays(sql, [
    { store: "always open", at: "2023-01-20 09:00Z", active: false },
    { store: "always open", at: "2023-01-25 08:30Z", active: true },
    { store: "lunch", at: "2023-01-25 09:00Z", active: false },
    { store: "nights", at: "2023-01-25 07:30Z", active: false },
    { store: "shut", at: "2023-01-25 09:00Z", active: true },
  ]);
  await sql`
    with file as (
      insert into imports (import_id, kind, source) values (gen_random_uuid(), 'hours', 'bad.csv') returning import_id
    )
    insert into store_marks (store_key, kind, import_id)
    select store_key, 'hours', import_id from stores cross join file where store_id = 'nights'`;
  const kept = async () => [
    await storedPolls(sql),
    await storedHours(sql),
    await storedStores(sql),
    await sql`select store_id, encode(hours, 'hex') as hours from stores order by store_id`,
    await marksOf(sql, "nights"),
  ];
  const before = await kept();

  await migrate(sql);

  assert.deepEqual(await kept(), before);
  await sql`select gather_calendars(array(select store_key from stores union all select 0))`;
  assert.deepEqual(await kept(), before, "to pack calendars again changes nothing");
  const view = await new FleetStates({ sql, zoneRules: RULES }).view();
  assert.deepEqual(
    ["always open", "lunch", "nights", "shut"].map((storeId) => view.stateOf(storeId)?.state),
    ["up", "down", "down", "closed"],
  );
});
