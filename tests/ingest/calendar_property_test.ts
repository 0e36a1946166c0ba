/** Whatever calendars stores have, and in whatever order their files are loaded: a report reads what was written. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Sql } from "../../src/db/connection/client.ts";
import { readRules } from "../../src/db/stores/store_rules.ts";
import { excluded, openings } from "../../src/domain/openings/opening_rules.ts";
import type { OpeningTime } from "../../src/domain/openings/opening_time.ts";
import { timeText } from "../../src/ingest/values/time_of_day.ts";
import { calendarAround } from "../domain/calendar_arbitraries.ts";
import { weeklyHours } from "../domain/arbitraries.ts";
import { type Dated, instant, rulesOf, type StoreParts } from "../support/build.ts";
import {
  DATED_HOURS,
  EXCLUSIONS,
  packedCalendars,
  SPECIAL,
  storedDetails,
  storedExclusions,
  storedSpecialHours,
  storedVersions,
} from "../support/calendar_rows.ts";
import { importText, storedPolls, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const SECOND = 1_000_000;
const AS_OF = instant("2023-03-14 12:00");
const SPAN = { start: AS_OF - 9 * 86_400 * SECOND, end: AS_OF };
const ZONE = "America/Chicago";

const stores = fc.array(
  fc.record({ hours: weeklyHours(SECOND), calendar: calendarAround(AS_OF, SECOND) }).map(({ hours, calendar }) => ({
    zone: ZONE,
    hours,
    polls: [],
    ...calendar,
  })),
  { minLength: 4, maxLength: 4 },
).map((stores) => {
  // What holds for all stores is one for all of them.
  const ofAll = stores[0]?.ofAll ?? {};
  return stores.map((store): StoreParts => ({ ...store, ofAll }));
});

/** Files of the calendars, one for each kind. */
function filesOf(stores: readonly StoreParts[]): string[] {
  const rows = (of: (store: StoreParts, id: string) => readonly string[]) =>
    stores.flatMap((store, index) => of(store, `s${index}`));
  const file = (header: string, rows: readonly string[]) => [header, ...rows, ""].join("\n");
  return [
    file("store_id,status,timestamp_utc", rows((_, id) => [`${id},active,2023-03-14 00:00:00 UTC`])),
    file(TIMEZONES, rows(({ zone }, id) => [`${id},${zone}`])),
    file("store_id,name,region", rows((_, id) => [`${id},${id.toUpperCase()},West`])),
    file(DATED_HOURS, rows(hoursRows)),
    file(SPECIAL, [...rows(({ special }, id) => specialRows(id, special)), ...specialRows("*", stores[0]?.ofAll)]),
    file(
      EXCLUSIONS,
      rows(({ exclusions = [] }, id) => exclusions.map(({ from, to }) => `${id},${from},${to},pause,x`)),
    ),
  ];
}

function hoursRows({ hours, later = {} }: StoreParts, id: string): string[] {
  const versions = [...hours === undefined ? [] : [["", hours] as const], ...Object.entries(later)];
  return versions.flatMap(([from, rows]) =>
    rows.length === 0
      ? [`${id},${from},0,closed,`]
      : rows.map(({ day, start, end }) => `${id},${from},${day},${timeText(start)},${timeText(end)}`)
  );
}

function specialRows(id: string, special: Dated<readonly OpeningTime[]> = {}): string[] {
  return Object.entries(special).flatMap(([date, times]) =>
    times.length === 0
      ? [`${id},${date},,,`]
      : times.map(({ start, end }) => `${id},${date},${timeText(start)},${timeText(end)},`)
  );
}

async function everything(sql: Sql): Promise<string[]> {
  const lists = [packedCalendars, storedDetails, storedExclusions, storedSpecialHours, storedVersions, storedPolls];
  return (await Promise.all(lists.map((list) => list(sql)))).flat();
}

async function empty(sql: Sql): Promise<void> {
  await sql`truncate stores, poll_days, exclusions, special_hours, business_hours, imports, rejects cascade`;
}

databaseTest("a report reads the calendars that files tell, loaded in any order", async ({ sql }) => {
  const worlds = stores.chain((stores) => {
    const files = filesOf(stores);
    const order = fc.shuffledSubarray(files, { minLength: files.length });
    return fc.tuple(fc.constant(stores), fc.constant(files), order);
  });
  await fc.assert(
    fc.asyncProperty(worlds, async ([stores, files, shuffled]) => {
      await empty(sql);
      for (const file of files) assert.deepEqual((await importText(sql, file)).rejects, []);
      const before = await everything(sql);
      for (const { storeId, rules: stored } of await readRules(sql, sql`true`)) {
        const parts = stores[Number(storeId.slice(1))] ?? assert.fail(storeId);
        const rules = rulesOf(parts);
        const { versions, special, exclusions } = stored;
        const read = { versions, special, exclusions, timezone: rules.timezone };
        assert.deepEqual(openings(read, SPAN), openings(rules, SPAN));
        assert.deepEqual(excluded(read, SPAN), excluded(rules, SPAN));
      }
      for (const file of files) assert.equal((await importText(sql, file)).changed, 0, "loaded again");
      await empty(sql);
      for (const file of shuffled) await importText(sql, file);
      assert.deepEqual(await everything(sql), before);
    }),
    { numRuns: 12 },
  );
});
