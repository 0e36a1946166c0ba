import assert from "node:assert/strict";
import { countKnownStores, listOpeningRules } from "../../src/db/stores/fleet_facts.ts";
import { getStore } from "../../src/db/polls/store_overview.ts";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { storeTimeline } from "../../src/report/store_timeline.ts";
import { RULES } from "../support/rules.ts";
import { HOURS, importText, POLLS } from "../support/csv_file.ts";
import { weekly } from "../support/build.ts";
import { type Fixture, openFixture } from "../support/reports.ts";

const CLOSED = [0, 1, 2, 3, 4, 5, 6].map((day) => `c,${day},,`).join("\n");
const OPEN = `${HOURS}\no,0,00:00,24:00`;

async function fixtureWithPolls(): Promise<Fixture> {
  const fixture = await openFixture();
  const polls = ["c", "o", "unknown"].map((id) => `${id},inactive,2023-01-24 12:00:00 UTC`).join("\n");
  await importText(fixture.sql, `${POLLS}\n${polls}\n`);
  return fixture;
}

Deno.test("a store whose rows all say closed has no scheduled time, one without rows all of it", async () => {
  await using fixture = await fixtureWithPolls();
  assert.equal((await importText(fixture.sql, `${HOURS}\n${CLOSED}\n`)).changed, 1);
  for (const method of METHOD_NAMES.filter((name) => name !== "clock")) {
    const { csv } = await fixture.report({ method });
    const [closed = ""] = csv?.split("\n") ?? [];
    assert.equal(closed, "c,0.00,0.00,0.00,0.00,0.00,0.00", method);
  }
  const { csv } = await fixture.report();
  assert.match(csv ?? "", /^unknown,60.00,24.00,168.00,0.00,0.00,0.00$/m);
});

Deno.test("an always closed store counts as one with hours, on pages and over HTTP", async () => {
  await using fixture = await fixtureWithPolls();
  await importText(fixture.sql, `${HOURS}\n${CLOSED}\n`);
  const { sql } = fixture;
  assert.equal((await countKnownStores(sql)).withHours, 1);
  const listed = (await listOpeningRules(sql)).map(({ storeId, rules }) => {
    const { timezone, versions, special, exclusions } = rules;
    return { storeId, rules: { timezone, versions, special, exclusions } };
  });
  assert.deepEqual(listed, [{ storeId: "c", rules: { timezone: undefined, ...weekly([]) } }]);
  assert.equal((await getStore(sql, "c"))?.hasHours, true);
  assert.equal((await getStore(sql, "unknown"))?.hasHours, false);
  const versions = async (storeId: string) =>
    (await storeTimeline({ sql, zoneRules: RULES }, { storeId, request: DEFAULT_REQUEST }))?.stored.versions;
  assert.deepEqual(await versions("c"), weekly([]).versions);
  assert.deepEqual(await versions("unknown"), []);
});

Deno.test("loading closed rows again changes nothing, and later hours replace them", async () => {
  await using fixture = await fixtureWithPolls();
  const { sql } = fixture;
  await importText(sql, `${HOURS}\n${CLOSED}\n`);
  assert.equal((await importText(sql, `${HOURS}\n${CLOSED}\n`)).changed, 0);
  await importText(sql, `${OPEN}\nc,0,09:00,17:00\n`);
  assert.equal((await getStore(sql, "c"))?.hours.length, 1);
  await importText(sql, `${HOURS}\nc,0,closed,closed\nc,1,Closed,\n`);
  const closed = await getStore(sql, "c");
  assert.deepEqual([closed?.hasHours, closed?.hours.length], [true, 0]);
  assert.equal((await getStore(sql, "o"))?.hours.length, 1);
});
