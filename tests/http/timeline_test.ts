import assert from "node:assert/strict";
import { decimal } from "../../src/domain/decimal.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { TimelineJson } from "../../src/http/stores/timeline_schemas.ts";
import { importFile } from "../../src/ingest/import_file.ts";
import { writeSample } from "../../src/sample/write_sample.ts";
import { EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { putStores } from "../support/fleet.ts";
import { FLEET, jsonOf, openService, statusOf } from "../support/http_service.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { RULES } from "../support/rules.ts";

const [FIRST] = FLEET.map(({ id }) => id);

Deno.test("a store's timeline", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const timeline = async (path: string) => TimelineJson.parse(await jsonOf(await app.request(path)));

  await t.step("tells openings, polls, states and outages of the week before the latest poll", async () => {
    const { openings, outages, ...told } = await timeline(`/stores/${FIRST}/timeline`);
    assert.equal(told.as_of, "2023-01-25T09:00:00Z");
    assert.deepEqual([told.start, told.end], ["2023-01-18T09:00:00Z", "2023-01-25T09:00:00Z"]);
    assert.deepEqual(openings, [{ start: told.start, end: told.end }]);
    assert.deepEqual(told.polls.map(({ timestamp_utc, status }) => `${timestamp_utc} ${status}`), [
      "2023-01-25T08:00:00Z active",
      "2023-01-25T08:30:00Z inactive",
      "2023-01-25T09:00:00Z active",
    ]);
    assert.deepEqual(told.states.map(({ state, length, poll }) => [state, length, poll]), [
      ["unobserved", 167 * HOUR, null],
      ["up", HOUR / 2, "2023-01-25T08:00:00Z"],
      ["down", HOUR / 2, "2023-01-25T08:30:00Z"],
    ]);
    assert.deepEqual(outages, [
      { start: "2023-01-25T08:30:00Z", end: "2023-01-25T09:00:00Z", downtime: HOUR / 2, ongoing: false },
    ]);
    const sum = {
      uptime: 167.5 * HOUR,
      downtime: HOUR / 2,
      unknown: 0,
      scheduled: 168 * HOUR,
      excluded: 0,
      observed: HOUR,
      up_low: 0,
      up_high: 168 * HOUR,
      outages: 1,
      longest_outage: HOUR / 2,
    };
    assert.deepEqual(told.sum, sum);
    assert.deepEqual(told.last_week, { start: told.start, end: told.end, ...sum });
  });

  await t.step("of a part of the time has that part's sum, and the report's windows still", async () => {
    const told = await timeline(`/stores/${FIRST}/timeline?from=2023-01-25T08:15:00Z&to=2023-01-25T08:45:00Z`);
    assert.deepEqual([told.sum.uptime, told.sum.downtime, told.sum.observed], [15 * MINUTE, 15 * MINUTE, 30 * MINUTE]);
    assert.equal(told.last_week.uptime, 167.5 * HOUR);
  });

  await t.step("refuses a span that makes no sense, and names the parameter", async () => {
    const wrong = [
      ["to", "?to=2023-01-25T09:00:01Z"],
      ["from", "?from=2023-01-25T09:00:00Z"],
      ["from", "?from=2021-01-01T00:00:00Z"],
      ["method", "?method=guess"],
      ["until", "?until=2023-01-25T09:00:00Z"],
    ];
    for (const [parameter, query] of wrong) {
      const answer = await app.request(`/stores/${FIRST}/timeline${query}`);
      const { errors } = await jsonOf(answer);
      assert.equal(answer.status, 422, query);
      assert.deepEqual(Array.isArray(errors) && errors.map(({ parameter }) => parameter), [parameter]);
    }
  });

  await t.step("of a store whose zone the zone rules do not know is a 409 that names the zone", async () => {
    await putStores(sql, [{ id: "on Mars", zone: "Mars/Olympus", polls: ["08:00 active"] }]);
    const answer = await app.request("/stores/on%20Mars/timeline");
    const { type, detail } = await jsonOf(answer);
    assert.equal(answer.status, 409);
    assert.equal(type, "/problems/unknown-timezone");
    assert.match(String(detail), /Mars\/Olympus/);
    await sql`delete from stores where store_id = 'on Mars'`;
  });

  await t.step("says of each interval why it is not scheduled", async () => {
    await putStores(sql, [{
      id: "dated",
      zone: "UTC",
      hours: [0, 1, 2, 3, 4, 5, 6].map((day) => [day, "09:00", "17:00"]),
      polls: ["2023-01-23 09:00 active"],
    }]);
    const load = (text: string) =>
      importFile(sql, { zoneRules: RULES, source: "x", body: new Blob([text]).stream(), actor: "command" });
    await load(`${SPECIAL}\n*,2023-01-22,,,Winter holiday\ndated,2023-01-23,12:00,17:00,\n`);
    await load(`${EXCLUSIONS}\ndated,2023-01-24 10:00,2023-01-24 12:00,planned,new oven\n`);
    const { states } = await timeline("/stores/dated/timeline?from=2023-01-21T17:00:00Z&to=2023-01-24T12:00:00Z");
    const told = states.map(({ state, not_scheduled: why }) => [state, why?.because, why?.special_date]);
    const holiday = { date: "2023-01-22", reason: "Winter holiday", all_stores: true };
    const shorter = { date: "2023-01-23", reason: null, all_stores: false };
    assert.deepEqual(told, [
      ["closed", "closed", null],
      ["closed", "special_date", holiday],
      ["closed", "special_date", shorter],
      ["up", undefined, undefined],
      ["closed", "special_date", shorter],
      ["closed", "closed", null],
      ["up", undefined, undefined],
      ["excluded", "exclusion", null],
    ]);
    const [{ exclusion_id: id = "", ...exclusion } = {}, ...others] = states.at(-1)?.not_scheduled?.exclusions ?? [];
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(exclusion, { kind: "planned", reason: "new oven", made_by: "command", all_stores: false });
    assert.deepEqual(others, []);
    await sql`truncate special_hours, exclusions, exclusion_stores`;
    await sql`delete from stores where store_id = 'dated'`;
  });

  await t.step("of an unknown store is a 404", async () => {
    assert.equal(await statusOf(app.request("/stores/unknown/timeline")), 404);
    assert.equal(await statusOf(app.request("/stores/%00/timeline")), 404);
  });

  await t.step(
    "is exact: its numbers are those of the report, for every store of a sample and every method",
    async () => {
      await using folder = await makeTempFolder();
      await writeSample(folder.path, { stores: 25, days: 8, seed: 11 });
      for (const source of ["timezones.csv", "menu_hours.csv", "store_status.csv"]) {
        const { readable } = await Deno.open(`${folder.path}/${source}`);
        await importFile(sql, { zoneRules: RULES, source, body: readable });
      }
      for (const method of METHOD_NAMES) {
        const reportId = await service.report(`?method=${method}&precision=6`);
        const csv = await (await app.request(`/reports/${reportId}/report.csv`)).text();
        for (const line of csv.trim().split("\n").slice(1).filter((line) => !line.startsWith('"'))) {
          const [id = ""] = line.split(",");
          assert.equal(rowOf(id, await timeline(`/stores/${id}/timeline?method=${method}`)), line, method);
        }
        for (
          const line of (await (await app.request(`/reports/${reportId}/rows.ndjson`)).text()).trimEnd().split("\n")
        ) {
          const row = JSON.parse(line);
          const told = await timeline(`/stores/${encodeURIComponent(row.store_id)}/timeline?method=${method}`);
          assert.deepEqual(measuresOf(told, row.window), measuresInRow(row), method);
        }
      }
    },
  );
});

const NAMES = ["scheduled", "excluded", "unknown", "observed", "up_low", "up_high", "longest_outage"] as const;

function measuresOf(told: ReturnType<typeof TimelineJson.parse>, window: "last_hour" | "last_day" | "last_week") {
  const { outages, uptime, downtime, start, end, ...lengths } = told[window];
  return [start, end, outages, uptime, downtime, ...NAMES.map((name) => lengths[name])];
}

function measuresInRow(row: Record<string, unknown>): unknown[] {
  const ends = [row.from, row.to].map((end) => String(end).replace(/(\.\d*?)0*Z$/, "$1Z"));
  return [...ends, row.outages, row.up_us, row.down_us, ...NAMES.map((name) => row[`${name}_us`])];
}

function rowOf(id: string, { last_hour: hour, last_day: day, last_week: week }: ReturnType<typeof TimelineJson.parse>) {
  const up = [decimal(hour.uptime, MINUTE, 6), decimal(day.uptime, HOUR, 6), decimal(week.uptime, HOUR, 6)];
  const down = [decimal(hour.downtime, MINUTE, 6), decimal(day.downtime, HOUR, 6), decimal(week.downtime, HOUR, 6)];
  return [id, ...up, ...down].join(",");
}
