import assert from "node:assert/strict";
import { changeStore } from "../../src/actions/change_store.ts";
import type { ZoneRules } from "../../src/domain/time/zone_rules.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import { instant } from "../support/build.ts";
import { putStores } from "../support/fleet.ts";
import { openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";
import { causesOf, verify } from "../support/verify.ts";

const REQUEST = { asOf: instant("15:00"), windows: ["last_day"] };

/** Rules that do not know Tokyo. */
function without(version: string): ZoneRules {
  return { ...RULES, version, zones: new Map([...RULES.zones].filter(([name]) => name !== "asia/tokyo")) };
}

Deno.test("a store has a row on one side alone if the zone rules of the other side lack its zone", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, [{ id: "s", zone: "Asia/Tokyo", polls: ["10:00 active"] }, {
    id: "t",
    polls: ["11:00 active"],
  }]);
  const reportBy = async (rules: ZoneRules) => {
    const changes = { compute: chunkComputer(sql, 0, rules), tzdata: rules.version };
    return (await fixture.report(REQUEST, changes)).report.reportId;
  };
  const [others, same] = [without("2099a"), without(RULES.version)];
  const lost = await verify(fixture, await reportBy(RULES), { zoneRules: others });
  assert.deepEqual([causesOf(lost), lost.rowsDiffer], [["tzdata"], 1]);
  assert.deepEqual(lost.differences.map(({ storeId, then, now }) => [storeId, typeof then, now]), [[
    "s",
    "number",
    undefined,
  ]]);
  const found = await verify(fixture, await reportBy(others));
  assert.deepEqual([causesOf(found), found.rowsDiffer], [["tzdata"], 1]);

  const [before, known] = [await reportBy(same), await reportBy(RULES)];
  const unchanged = await verify(fixture, before, { zoneRules: same });
  assert.deepEqual([causesOf(unchanged), unchanged.rowsDiffer], [[], 0], "without a row then and now");
  const gone = await verify(fixture, known, { zoneRules: same });
  assert.deepEqual([causesOf(gone), gone.rowsDiffer], [["calendars"], 1]);
  await changeStore({ sql, actor: "command", zoneRules: RULES }, "s", { timezone: "UTC" });
  const mended = await verify(fixture, before, { zoneRules: same });
  assert.deepEqual([causesOf(mended), mended.rowsDiffer], [["calendars"], 1]);
});
