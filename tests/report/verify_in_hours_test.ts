import assert from "node:assert/strict";
import { instant } from "../support/build.ts";
import { HOURS, importText } from "../support/csv_file.ts";
import { putPolls, putStores } from "../support/fleet.ts";
import { openFixture } from "../support/reports.ts";
import { changedRules, RULES } from "../support/rules.ts";
import { causesOf, verify } from "../support/verify.ts";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const REQUEST = { asOf: instant("15:00"), windows: ["last_hour"], method: "in-hours" as const };

Deno.test("in-hours: other openings make another poll count before the window, and no poll changed", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, [{
    id: "s",
    zone: "America/Chicago",
    hours: DAYS.map((day) => [day, "06:00", "10:00"]),
    polls: ["2023-01-20 13:00 active", "2023-01-24 11:00 inactive"],
  }]);
  const opens = (at: string) => importText(sql, `${HOURS}\n${DAYS.map((day) => `s,${day},${at},10:00\n`).join("")}`);
  const report = async () => (await fixture.report(REQUEST)).report.reportId;

  const first = await report();
  // 11:00 UTC is 05:00 in Chicago: with these hours, the later poll counts.
  await opens("04:00");
  const hours = await verify(fixture, first);
  assert.deepEqual([causesOf(hours), hours.rowsDiffer], [["calendars"], 1]);

  await putPolls(sql, "s", ["2023-01-24 12:30 active"]);
  const later = await verify(fixture, first);
  assert.deepEqual(causesOf(later), ["calendars"], "both polls of then are there, and only one of them was used");
  const second = await report();
  await opens("06:00");
  await putPolls(sql, "s", ["14:30 inactive"]);
  assert.deepEqual(causesOf(await verify(fixture, second)), ["polls", "calendars"], "a poll came within the window");

  const third = await report();
  const zoneRules = changedRules(RULES, "2099a", { "America/Chicago": [instant("2023-01-01 00:00"), -9] });
  const moved = await verify(fixture, third, { zoneRules });
  assert.deepEqual(causesOf(moved), ["tzdata"]);
});
