/** Hours as schema.org has them: texts and specifications in JSON-LD, and texts in a CSV file. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { storedDetails, storedSpecialHours, storedVersions } from "../../support/calendar_rows.ts";
import { ANY_REJECTS, importText } from "../../support/csv_file.ts";
import { databaseTest } from "../../support/database.ts";
import { printedWeek, randomWeek } from "../../support/weeks.ts";
import { loadJson, loadParts, notices, rejects } from "./loading.ts";

const SHOP = {
  "@context": "https://schema.org",
  "@type": "Store",
  "@id": "https://shop.example/12",
  name: "Shop 12",
  openingHours: ["Mo-Fr 09:00-17:00", "Mo-Fr 18:00-20:00", "Sa,Su 10:00-14:00"],
};

function specification(days: string | readonly string[], opens?: string, closes?: string, more: object = {}) {
  return { "@type": "OpeningHoursSpecification", dayOfWeek: days, opens, closes, ...more };
}

databaseTest("the texts of a place are its weekly hours, and its name is that of the store", async ({ sql }) => {
  const parts = await loadJson(sql, SHOP);
  const id = "https://shop.example/12";
  assert.deepEqual(await storedVersions(sql), [
    ...[0, 1, 2, 3, 4].flatMap((day) => [
      `${id} -infinity ${day} 09:00:00-17:00:00`,
      `${id} -infinity ${day} 18:00:00-20:00:00`,
    ]),
    `${id} -infinity 5 10:00:00-14:00:00`,
    `${id} -infinity 6 10:00:00-14:00:00`,
  ]);
  assert.deepEqual(await storedDetails(sql), [`${id} Shop 12 - - {}`]);
  assert.deepEqual([notices(parts), await rejects(sql, parts)], [[], []]);
  assert.deepEqual((await loadJson(sql, { "@graph": [SHOP] })).map(({ changed }) => changed), [0, 0]);
});

databaseTest("the id is branchCode, identifier or @id, in this order", async ({ sql }) => {
  const openingHours = "Mo 09:00-17:00";
  await loadJson(sql, [
    { "@id": "a", identifier: "b", branchCode: "c", openingHours },
    { "@id": "a", identifier: { "@type": "PropertyValue", value: "d" }, openingHours },
    { "@id": "a", identifier: 17, openingHours },
    { "@id": "a", openingHours },
  ]);
  assert.deepEqual((await storedVersions(sql)).map((row) => row.split(" ")[0]), ["17", "a", "c", "d"]);
});

databaseTest(
  "a specification names days in any of the usual ways, and none of its days twice over",
  async ({ sql }) => {
    const parts = await loadJson(sql, [{
      branchCode: "a",
      openingHours: "Mo 01:00-02:00",
      openingHoursSpecification: [
        specification(["Monday", "https://schema.org/Tuesday", "schema:Wednesday"], "09:00", "17:00"),
        specification("http://schema.org/Thursday", "18:00:00", "02:00:00"),
        specification("Fr", "00:00", "23:59"),
        specification(["Saturday", "PublicHolidays"], "00:00", "00:00"),
        specification("Sunday"),
      ],
    }]);
    assert.deepEqual(await storedVersions(sql), [
      "a -infinity 0 09:00:00-17:00:00",
      "a -infinity 1 09:00:00-17:00:00",
      "a -infinity 2 09:00:00-17:00:00",
      "a -infinity 3 18:00:00-02:00:00",
      "a -infinity 4 00:00:00-24:00:00",
    ]);
    assert.deepEqual(notices(parts), [
      "last_minute_added 1",
      "public_holidays_not_read 1",
      "zero_to_zero_closed 1",
      "opening_hours_passed_over 1",
    ]);
  },
);

databaseTest("validFrom alone begins a version; with validThrough, the dates have special hours", async ({ sql }) => {
  const parts = await loadJson(sql, [{
    branchCode: "a",
    openingHoursSpecification: [
      specification("Monday", "09:00", "17:00"),
      specification("Monday", "10:00", "16:00", { validFrom: "2026-03-01" }),
      specification("Tuesday", "12:00", "13:00", { validFrom: "2026-06-01", validThrough: "2026-06-14" }),
    ],
    specialOpeningHoursSpecification: [
      { validFrom: "2026-12-24", validThrough: "2026-12-26", opens: "00:00", closes: "00:00", name: "Christmas" },
      { validFrom: "2026-12-31", validThrough: "2026-12-31", opens: "20:00", closes: "03:00", description: "Party" },
    ],
  }]);
  assert.deepEqual(await storedVersions(sql), [
    "a -infinity 0 09:00:00-17:00:00",
    "a 2026-03-01 0 10:00:00-16:00:00",
  ]);
  assert.deepEqual(await storedSpecialHours(sql), [
    "a 2026-06-02 12:00:00-13:00:00",
    "a 2026-06-09 12:00:00-13:00:00",
    "a 2026-12-24 closed (Christmas)",
    "a 2026-12-25 closed (Christmas)",
    "a 2026-12-26 closed (Christmas)",
    "a 2026-12-31 20:00:00-03:00:00 (Party)",
  ]);
  assert.deepEqual(await rejects(sql, parts), []);
});

databaseTest("each bad part is rejected with its place and what to do", async ({ sql }) => {
  const dates = (validFrom?: unknown, validThrough?: unknown, more = {}) => ({ validFrom, validThrough, ...more });
  const parts = await loadJson(sql, [
    { branchCode: "a", openingHours: ["Mo-Fr 9-17", 7] },
    { branchCode: "b", openingHours: ["Mo-Su 09:00-17:00", "We closed"] },
    {
      branchCode: "c",
      openingHoursSpecification: [
        { opens: "09:00", closes: "17:00" },
        specification("Someday", "09:00", "17:00"),
        specification("Monday", "09:00"),
        specification("Monday", "09:00", "5 o'clock"),
        specification("Monday", "24:00", "09:00"),
        specification("Monday", "09:00", "17:00", dates("1 March")),
        specification("Monday", "09:00", "17:00", dates(undefined, "2026-03-01")),
      ],
      specialOpeningHoursSpecification: [
        dates("2026-03-01"),
        dates("2026-03-02", "2026-03-01"),
        dates("2026-01-01", "2026-12-31"),
        dates("2026-03-02", "2026-03-03", { dayOfWeek: "Sunday" }),
        dates("2026-03-02T00:00:00", "2026-03-03"),
      ],
    },
  ]);
  const hours = "is a store with a bad row on line";
  const [c, special] = ["[2].openingHoursSpecification", "[2].specialOpeningHoursSpecification"];
  assert.deepEqual((await rejects(sql, parts)).map((reject) => reject.replace(/: (?:write|correct|leave).*/s, "")), [
    '1 [0].openingHours[0] Mo-Fr 9-17 has "9", which is a number, which may mean morning or evening, or not an hour',
    "2 [0].openingHours[1] 7 is not a text such as Mo-Fr 09:00-17:00",
    `3 store_id b ${hours} 4, so none of its rows in this file is used`,
    "4 [1].openingHours[1] We closed says that a day is closed, and has times for it: remove one of both",
    `5 ${c}[0].dayOfWeek  is missing: weekly hours need the days for which they are`,
    `6 ${c}[1].dayOfWeek Someday is not a day`,
    `7 ${c}[2].closes  is empty, but the other time of the row is not`,
    `8 ${c}[3].closes 5 o'clock is not a time of day`,
    `9 ${c}[4].closes 09:00 is not after a start of 24:00 or later: if the start counts on from the day before, write the end so, too`,
    `10 ${c}[5].validFrom 1 March has a word in it`,
    `1 ${c}[6].validFrom  is missing: special hours need validFrom and validThrough`,
    `2 ${special}[0].validThrough  is missing: special hours need validFrom and validThrough`,
    `3 ${special}[1].validThrough 2026-03-01 is before validFrom`,
    `4 ${special}[2].validThrough 2026-12-31 is more than 92 dates after validFrom`,
    `5 ${special}[3].dayOfWeek Sunday is on none of the dates`,
    `6 ${special}[4].validFrom 2026-03-02T00:00:00 has a time behind the date`,
  ]);
  assert.deepEqual(await storedVersions(sql), []);
});

const WEEKS = "store_id,opening_hours";

databaseTest("a CSV file has a text for the week of each store", async ({ sql }) => {
  const text =
    `Store ID;Opening-Hours;valid_from;region\na;"Mo-Fr 09:00-17:00; Sa 10:00-14:00";;West\nb;24/7;;\na;closed;2027-01-01;\n`;
  const result = await importText(sql, text);
  assert.deepEqual([result.kind, result.rows, result.rejected], ["hours", 3, 0]);
  assert.deepEqual(await storedVersions(sql), [
    ...[0, 1, 2, 3, 4].map((day) => `a -infinity ${day} 09:00:00-17:00:00`),
    "a -infinity 5 10:00:00-14:00:00",
    "a 2027-01-01 closed",
    ...[0, 1, 2, 3, 4, 5, 6].map((day) => `b -infinity ${day} 00:00:00-24:00:00`),
  ]);
  assert.equal((await importText(sql, text)).changed, 0);
});

databaseTest("a bad text spoils the hours of its store alone, and names what is wrong", async ({ sql }) => {
  const parts = await loadParts(sql, `${WEEKS}\na,Mo 09:00-17:00\nb,Mo 9-17\nb,Tu 09:00-17:00\n`);
  assert.deepEqual(await storedVersions(sql), ["a -infinity 0 09:00:00-17:00:00"]);
  assert.match((await rejects(sql, parts))[0] ?? "", /^3 opening_hours Mo 9-17 has "9", which is a number/);
});

databaseTest("columns of days and times win over a text, and another name is an alias", async ({ sql }) => {
  const parts = await loadParts(sql, `store_id,day,start,end,opening_hours\na,0,09:00,17:00,Tu 09:00-17:00\n`);
  assert.deepEqual(await storedVersions(sql), ["a -infinity 0 09:00:00-17:00:00"]);
  assert.deepEqual(notices(parts), ["column_passed_over 1"]);
  await loadParts(sql, `store_id,week\nb,Mo 09:00-17:00\n`, {
    ...ANY_REJECTS,
    aliases: new Map([["opening_hours", "week"]]),
  });
  assert.equal((await storedVersions(sql)).length, 2);
});

databaseTest(
  "whatever weeks stores have, a CSV and a JSON file of their texts mean the same minutes",
  async ({ sql }) => {
    const weeks = fc.sample(fc.tuple(randomWeek, fc.infiniteStream(fc.nat(3))), { numRuns: 60, seed: 7 }).map(
      ([ranges, styles]) => printedWeek(ranges, () => styles.next().value ?? 0),
    );
    const csv = weeks.map((text, index) => `s${index},"${text}"`).join("\n");
    const [first] = await loadParts(sql, `${WEEKS}\n${csv}\n`);
    assert.deepEqual([first?.rejected, first?.rows], [0, 60]);
    const before = await storedVersions(sql);
    const [second] = await loadJson(
      sql,
      weeks.map((text, index) => ({ branchCode: `s${index}`, openingHours: text.split(";") })),
    );
    assert.deepEqual([second?.rejected, second?.changed], [0, 0]);
    assert.deepEqual(await storedVersions(sql), before);
  },
);
