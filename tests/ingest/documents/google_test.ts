/** Hours of a Google Business Profile, as its interface answers. */
import assert from "node:assert/strict";
import { streamRejects } from "../../../src/db/imports/rejects.ts";
import { marksOf } from "../../../src/db/imports/marks.ts";
import { FailedFile } from "../../../src/ingest/failed_file.ts";
import { storedDetails, storedSpecialHours, storedVersions } from "../../support/calendar_rows.ts";
import { ANY_REJECTS, storedStores } from "../../support/csv_file.ts";
import { databaseTest } from "../../support/database.ts";
import { loadJson, loadParts, notices, rejects } from "./loading.ts";

/** A period as the interface writes it. */
function period(open: string, openTime: unknown, close: string, closeTime: unknown) {
  return { openDay: open, openTime, closeDay: close, closeTime };
}

const OSLO = {
  name: "locations/771",
  storeCode: "oslo",
  title: "Oslo S",
  regularHours: {
    periods: [
      period("MONDAY", { hours: 9, minutes: 30 }, "MONDAY", { hours: 17 }),
      period("TUESDAY", {}, "TUESDAY", { hours: 24 }),
      period("FRIDAY", { hours: 18 }, "SATURDAY", { hours: 2, minutes: 15 }),
    ],
  },
  specialHours: {
    specialHourPeriods: [
      { startDate: { year: 2026, month: 12, day: 25 }, closed: true },
      {
        startDate: { year: 2026, month: 12, day: 31 },
        openTime: { hours: 13 },
        endDate: { year: 2027, month: 1, day: 1 },
        closeTime: { hours: 2 },
      },
    ],
  },
};

databaseTest("a location gives its store hours, special hours and a name", async ({ sql }) => {
  const parts = await loadJson(sql, { locations: [OSLO], totalSize: 1 });
  assert.deepEqual(parts.map(({ kind, rows, rejected, storesNew }) => ({ kind, rows, rejected, storesNew })), [
    { kind: "hours", rows: 3, rejected: 0, storesNew: 1 },
    { kind: "special-hours", rows: 2, rejected: 0, storesNew: 0 },
    { kind: "stores", rows: 1, rejected: 0, storesNew: 0 },
  ]);
  assert.deepEqual(await storedVersions(sql), [
    "oslo -infinity 0 09:30:00-17:00:00",
    "oslo -infinity 1 00:00:00-24:00:00",
    "oslo -infinity 4 18:00:00-02:15:00",
  ]);
  assert.deepEqual(await storedSpecialHours(sql), ["oslo 2026-12-25 closed", "oslo 2026-12-31 13:00:00-02:00:00"]);
  assert.deepEqual(await storedDetails(sql), ["oslo Oslo S - - {}"]);
  assert.deepEqual([await rejects(sql, parts), notices(parts)], [[], []]);
  const again = await loadJson(sql, [OSLO]);
  assert.deepEqual(again.map(({ changed }) => changed), [0, 0, 0], "the same again, as a list");
});

databaseTest("a location alone, a list, and several objects one after the other are read alike", async ({ sql }) => {
  const other = { ...OSLO, storeCode: "bergen", title: "Bergen" };
  const forms = [
    JSON.stringify({ locations: [OSLO, other] }),
    JSON.stringify([OSLO, other], null, 2),
    `\ufeff\n ${JSON.stringify(OSLO)}\n${JSON.stringify(other)}\n`,
    JSON.stringify([{ locations: [OSLO] }, { locations: [other] }]),
  ];
  for (const [place, text] of forms.entries()) {
    const parts = await loadParts(sql, text);
    assert.deepEqual(parts.map(({ rows }) => rows), [6, 4, 2], text);
    assert.equal(parts.some(({ changed }) => changed > 0), place === 0, text);
  }
});

databaseTest("special hours are read as Google means them", async ({ sql }) => {
  const date = (day: number) => ({ year: 2026, month: 12, day });
  const specialHourPeriods = [
    { startDate: date(1), openTime: { hours: 8 }, closeTime: { hours: 18 } },
    { startDate: date(2), endDate: date(2), openTime: {}, closeTime: { hours: 24 } },
    { startDate: date(3), endDate: date(4), openTime: { hours: 13 }, closeTime: { hours: 11, minutes: 59 } },
    { startDate: date(5), endDate: date(9), closed: true },
    { startDate: "2026-12-06", isClosed: true },
    { startDate: date(7), openTime: { hours: 8 }, closeTime: { hours: 12 } },
    { startDate: date(7), openTime: { hours: 13 }, closeTime: { hours: 18 } },
    { startDate: date(8), endDate: date(9), openTime: { hours: 8 }, closeTime: { hours: 18 } },
    { startDate: date(10), openTime: { hours: 13 }, closeTime: { hours: 11 } },
    { startDate: date(11), endDate: date(13), openTime: { hours: 8 }, closeTime: { hours: 18 } },
    { startDate: { year: 2026, month: 2, day: 30 }, closed: true },
    { startDate: { year: 2026 }, closed: true },
    { startDate: date(12) },
    { closed: true },
    "closed",
  ];
  const parts = await loadJson(sql, [{ storeCode: "a", specialHours: { specialHourPeriods } }]);
  assert.deepEqual(await storedSpecialHours(sql), [
    "a 2026-12-01 08:00:00-18:00:00",
    "a 2026-12-02 00:00:00-24:00:00",
    "a 2026-12-03 13:00:00-11:59:00",
    "a 2026-12-05 closed",
    "a 2026-12-06 closed",
    "a 2026-12-07 08:00:00-12:00:00,13:00:00-18:00:00",
    "a 2026-12-08 08:00:00-42:00:00",
  ]);
  assert.deepEqual(notices(parts), ["end_date_ignored 1"]);
  const place = (index: number) => `[0].specialHours.specialHourPeriods[${index}]`;
  assert.deepEqual(await rejects(sql, parts), [
    `9 ${place(8)}.closeTime {"hours":11} is not after the opening: correct closeTime or endDate`,
    `10 ${
      place(9)
    }.endDate {"year":2026,"month":12,"day":13} is more than a day after the start: write a period for each date`,
    `11 ${place(10)}.startDate {"year":2026,"month":2,"day":30} is not in the calendar: correct the month or the day`,
    `12 ${place(11)}.startDate {"year":2026} is not a date: write {"year": 2026, "month": 12, "day": 25}`,
    `13 ${place(12)}.closeTime  is not after the opening: correct closeTime or endDate`,
    `14 ${place(13)}.startDate  is not a date: write {"year": 2026, "month": 12, "day": 25}`,
    `15 ${place(14)}.startDate  is not a date: write {"year": 2026, "month": 12, "day": 25}`,
  ]);
});

databaseTest("the hours of a store are taken whole or not at all, and each bad period is named", async ({ sql }) => {
  await loadJson(sql, [OSLO, { ...OSLO, storeCode: "b" }]);
  const before = await storedVersions(sql);
  const good = period("MONDAY", { hours: 8 }, "MONDAY", { hours: 9 });
  const bad = period("MONDAY", { hours: 8 }, "MONDAY", { hours: 7 });
  const parts = await loadJson(sql, [{ ...OSLO, regularHours: { periods: [good, bad, { openDay: "MON" }] } }]);
  assert.deepEqual(await storedVersions(sql), before);
  assert.deepEqual(await rejects(sql, parts), [
    "1 store_id oslo is a store with a bad row on line 2, so none of its rows in this file is used",
    '2 [0].regularHours.periods[1].closeTime {"hours":7} is not after the opening: if the store closes after midnight, ' +
    "closeDay is the next day",
    "3 [0].regularHours.periods[2].openDay MON is not a day: write MONDAY to SUNDAY",
  ]);
  assert.deepEqual((await marksOf(sql, "oslo")).map(({ code }) => code), ["hours_rejected"]);
  await loadJson(sql, [OSLO]);
  assert.deepEqual(await marksOf(sql, "oslo"), [], "good hours end the mark");
});

databaseTest("the id is the storeCode, or the last part of the name, or as the user says", async ({ sql }) => {
  const regularHours = { periods: [period("MONDAY", {}, "MONDAY", { hours: 9 })] };
  await loadJson(sql, [{ storeCode: " a ", name: "locations/1", regularHours }]);
  await loadJson(sql, [{ name: "accounts/7/locations/2", regularHours, locationName: "Two" }]);
  await loadParts(sql, '[{"storeCode": 8419537941919820732, "title": "Long"}]');
  await loadJson(sql, [{ storeCode: "b", regularHours, labels: "west" }], {
    ...ANY_REJECTS,
    aliases: new Map([["store_id", "labels"]]),
  });
  assert.deepEqual((await storedDetails(sql)).map((row) => row.split(" ")[0]), [
    "2",
    "8419537941919820732",
    "a",
    "west",
  ]);
  const parts = await loadJson(sql, [{ regularHours, title: "x" }, { storeCode: "=1", title: "y" }, {
    storeCode: true,
    title: "z",
  }]);
  assert.deepEqual(await rejects(sql, parts), [
    "1 [0] - has no id of a store: expected is storeCode, name",
    "1 [0] - has no id of a store: expected is storeCode, name",
    '2 [1].storeCode =1 begins with "=", which a spreadsheet would run as a formula',
    "3 [2].storeCode true is not a text: write the id of the store",
  ]);
  assert.deepEqual(parts.map(({ rowsWithoutStore }) => rowsWithoutStore), [1, 3]);
});

databaseTest("a store that is there twice keeps what it has", async ({ sql }) => {
  const parts = await loadJson(sql, { locations: [OSLO, { ...OSLO, title: "again" }] });
  assert.deepEqual(await storedVersions(sql), []);
  assert.match((await rejects(sql, parts)).join("\n"), /4 locations\[1\] oslo has the id of locations\[0\], too/);
});

databaseTest("what is not read is named", async ({ sql }) => {
  const parts = await loadJson(sql, [
    { ...OSLO, moreHours: [], phoneNumbers: {}, openInfo: { status: "CLOSED_TEMPORARILY" } },
    { storeCode: "b", regularHours: {} },
    { websiteUri: "x" },
    null,
  ]);
  assert.deepEqual(notices(parts), ["marked_closed 1", "no_periods 1", "not_locations 2", "fields_not_read 1"]);
  assert.match(parts[0]?.notices.at(-1)?.message ?? "", /: "moreHours", "phoneNumbers"$/);
});

databaseTest("a page of several says that there are more", async ({ sql }) => {
  assert.deepEqual(notices(await loadJson(sql, { locations: [OSLO], nextPageToken: "x" })), ["more_pages 1"]);
  assert.deepEqual(notices(await loadJson(sql, { locations: [OSLO], nextPageToken: "" })), []);
});

databaseTest("one kind of a file can be loaded alone", async ({ sql }) => {
  const parts = await loadJson(sql, [OSLO], { kind: "special-hours" });
  assert.deepEqual(parts.map(({ kind }) => kind), ["special-hours"]);
  assert.deepEqual(notices(parts), ["parts_not_read 1"]);
  await assert.rejects(loadJson(sql, [OSLO], { kind: "polls" }), {
    message: "The file has no polls: it has hours, special-hours, stores",
  });
});

databaseTest("if one kind of a file has too many bad rows, nothing of the file is loaded", async ({ sql }) => {
  const specialHourPeriods = [{ closed: true }];
  const file = [{ ...OSLO, specialHours: { specialHourPeriods } }];
  const error = await loadJson(sql, file, {}).catch((error) => error);
  assert.ok(error instanceof FailedFile);
  assert.match(error.message, /^1 of 1 row is bad/);
  assert.equal(error.record.kind, "special-hours");
  assert.equal((await Array.fromAsync(streamRejects(sql, error.record.importId))).length, 1);
  assert.deepEqual([await storedVersions(sql), await storedStores(sql)], [[], []]);
});
