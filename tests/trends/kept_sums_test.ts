import assert from "node:assert/strict";
import fc from "fast-check";
import { removeStore } from "../../src/actions/remove_store.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { removePollsAfter } from "../../src/db/polls/later_polls.ts";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { dropPartitionsBefore } from "../../src/db/polls/partitions.ts";
import { DAY, MINUTE } from "../../src/domain/time/interval.ts";
import { instant } from "../support/build.ts";
import { DATED_HOURS, EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { HOURS, importText, POLLS, TIMEZONES } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { keepAll, keepSome, reportedSum, shownSums, stamp } from "../support/trends.ts";

const STORES = ["a", "b", "c", "d"];
const FIRST = instant("2023-01-27 00:00");

const storeId = fc.constantFrom(...STORES);
const anyStore = fc.constantFrom(...STORES, "*");
/** Ten days, over the end of a month; every other instant is close to a midnight of UTC, beyond which a poll reaches. */
const minute = fc.oneof(
  fc.integer({ min: 0, max: 10 * 24 * 60 }),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -110, max: 10 })).map(([day, off]) => day * 24 * 60 + off),
).map((minutes) => FIRST + minutes * MINUTE + 123_456);
const date = fc.integer({ min: 0, max: 9 }).map((days) => stamp(FIRST + days * DAY).slice(0, 10));
const polls = fc.array(fc.record({ storeId, at: minute, active: fc.boolean() }), { minLength: 1, maxLength: 12 });

/** What may happen to a database. */
type Step = readonly [name: string, run: (sql: Sql) => Promise<unknown>];

const load = (header: string, row: string) => async (sql: Sql) => await importText(sql, `${header}\n${row}\n`);
const step = (name: string, run: (sql: Sql) => Promise<unknown>): Step => [name, run];

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: polls.map((some) => step(`live polls ${JSON.stringify(some)}`, (sql) => mergePolls(sql, some))),
  },
  {
    weight: 2,
    arbitrary: polls.map((some) => {
      const rows = some.map(({ storeId, at, active }) => `${storeId},${active ? "active" : "inactive"},${stamp(at)}`);
      return step(`a file of polls ${rows.join(" ")}`, load(POLLS, rows.join("\n")));
    }),
  },
  fc.tuple(anyStore, date, fc.constantFrom("10:00,14:30", "22:00,26:15", ",")).map(([store, day, times]) =>
    step(`special hours ${store} ${day} ${times}`, load(SPECIAL, `${store},${day},${times},x`))
  ),
  fc.tuple(anyStore, date, fc.constantFrom("T00:30Z", " 23:00")).map(([store, day, time]) =>
    step(
      `an exclusion ${store} ${day}${time}`,
      load(
        EXCLUSIONS,
        `${store},${day}${time},${day}${time.replace("00:30", "03:10").replace("23:00", "23:59")},pause,x`,
      ),
    )
  ),
  fc.constant(
    step(
      "exclusions withdrawn",
      (sql) => sql`update exclusions set withdrawn_at = now(), withdrawn_by = 'test' where withdrawn_at is null`,
    ),
  ),
  fc.constant(step("special hours removed", (sql) => sql`delete from special_hours`)),
  fc.tuple(storeId, fc.constantFrom("UTC", "Asia/Kathmandu", "Pacific/Apia", "America/New_York")).map(([store, zone]) =>
    step(`a zone ${store} ${zone}`, load(TIMEZONES, `${store},${zone}`))
  ),
  fc.tuple(storeId, fc.integer({ min: 0, max: 6 })).map(([store, day]) =>
    step(`hours ${store} ${day}`, load(HOURS, `${store},${day},09:00,17:20`))
  ),
  fc.tuple(storeId, date).map(([store, day]) =>
    step(`hours from ${day} ${store}`, load(DATED_HOURS, `${store},${day},2,20:00,03:00`))
  ),
  storeId.map((store) => step(`without ${store}`, (sql) => removeStore({ sql, actor: "command" }, store))),
  minute.map((at) => step(`no polls after ${stamp(at)}`, (sql) => removePollsAfter(sql, at))),
  fc.constant(step("no polls of January", (sql) => dropPartitionsBefore(sql, instant("2023-02-01 00:00")))),
  { weight: 3, arbitrary: fc.constant(step("one round", (sql) => keepSome(sql))) },
);

databaseTest(
  "whatever changes, each daily sum that is shown is the one of a report, and none is lacking after a refresh",
  async ({ sql }) => {
    await mergePolls(sql, STORES.map((storeId) => ({ storeId, at: FIRST, active: true })));
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 2, maxLength: 5 }), async (steps) => {
        for (const [name, run] of [...steps, step("a refresh", keepAll)]) {
          await run(sql);
          const { shown, lacking } = await shownSums(sql);
          for (const [day, sums] of shown) assert.equal(sums, await reportedSum(sql, day), `${day} after ${name}`);
          compared += shown.size;
          if (name === "a refresh") assert.deepEqual(lacking, [], name);
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
    assert(compared > 500, `only ${compared} sums were compared`);
  },
);
