/** The parts of a document are loaded together, and beside other loads. */
import assert from "node:assert/strict";
import { checkFiles } from "../../../src/ingest/check_files.ts";
import { storedSpecialHours, storedVersions } from "../../support/calendar_rows.ts";
import { ANY_REJECTS, bodyOf, importText, rowsOfAllTables } from "../../support/csv_file.ts";
import { databaseTest } from "../../support/database.ts";
import { RULES } from "../../support/rules.ts";
import { loadJson, loadParts } from "./loading.ts";

const SPECIAL = "store_id,date,start_time_local,end_time_local";

function location(storeCode: string, hour: number) {
  const time = { hours: hour };
  return {
    storeCode,
    title: storeCode.toUpperCase(),
    regularHours: {
      periods: [{ openDay: "MONDAY", openTime: time, closeDay: "MONDAY", closeTime: { hours: hour + 1 } }],
    },
    specialHours: {
      specialHourPeriods: [{
        startDate: { year: 2026, month: 12, day: 25 },
        openTime: time,
        closeTime: { hours: hour + 1 },
      }],
    },
  };
}

databaseTest(
  "loads of documents and tables with the same stores in any order never wait in a circle",
  async ({ sql }) => {
    const stores = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const loads = Array.from({ length: 12 }, (_, round) => {
      const ordered = round % 2 === 0 ? stores : stores.toReversed();
      if (round % 3 === 0) {
        return importText(
          sql,
          `${SPECIAL}\n${ordered.map((id) => `${id},2026-12-25,,`).join("\n")}\n`,
        );
      }
      if (round % 3 === 1) return importText(sql, `store_id,name\n${ordered.map((id) => `${id},x`).join("\n")}\n`);
      return loadJson(sql, ordered.map((id) => location(id, round)));
    });
    const results = (await Promise.all(loads)).flat();
    assert.ok(results.every(({ status, rejected }) => status === "loaded" && rejected === 0));
    assert.equal(results.reduce((sum, { storesNew }) => sum + storesNew, 0), stores.length, "each store is new once");
    assert.deepEqual([(await storedVersions(sql)).length, (await storedSpecialHours(sql)).length], [40, 40]);
  },
);

databaseTest("a check of a document shows each of its kinds, and keeps nothing", async ({ sql }) => {
  const before = await rowsOfAllTables(sql);
  const body = () => bodyOf(JSON.stringify([location("a", 9), { ...location("b", 10), title: "x".repeat(201) }]));
  const csv = bodyOf("store_id,timezone_str\na,Asia/Tokyo\n");
  const inputs = [{ source: "l.json", body: body() }, { source: "z.csv", body: csv }];
  const checks = await checkFiles(sql, inputs.map((input) => ({ zoneRules: RULES, ...ANY_REJECTS, ...input })));
  assert.deepEqual(
    checks.map((
      { file, form, kind, rows, rejected, reason, storesNew },
    ) => [file, form, kind, rows, rejected, reason, storesNew]),
    [
      [0, "JSON", "hours", 2, 0, undefined, 2],
      [0, "JSON", "special-hours", 2, 0, undefined, 0],
      [0, "JSON", "stores", 2, 1, undefined, 0],
      [1, "CSV", "timezones", 1, 0, undefined, 0],
    ],
  );
  assert.deepEqual(checks[0]?.firstRows[0], {
    line: 1,
    row: { store_id: "a", openings: [{ day: 0, start_time_local: "09:00:00", end_time_local: "10:00:00" }] },
  });
  assert.equal(await rowsOfAllTables(sql), before);
});

databaseTest("if a kind of a document would fail, the check says so for all of it", async ({ sql }) => {
  const body = bodyOf(JSON.stringify([{ ...location("a", 9), title: "x".repeat(201) }]));
  const checks = await checkFiles(sql, [{ zoneRules: RULES, source: "l.json", body }]);
  const because = "Nothing of the file would be loaded, because its stores would fail";
  assert.deepEqual(checks.map(({ reason }) => reason?.slice(0, because.length)), [
    because,
    because,
    checks[2]?.reason?.slice(0, because.length),
  ]);
  assert.match(checks[2]?.reason ?? "", /^1 of 1 row is bad/);
});

databaseTest("special hours of a store from a document win over those of all stores, in any order", async ({ sql }) => {
  await loadParts(
    sql,
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:C\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  );
  await loadJson(sql, [location("a", 9)]);
  assert.deepEqual(await storedSpecialHours(sql), ["* 2026-12-25 closed (C)", "a 2026-12-25 09:00:00-10:00:00"]);
});
