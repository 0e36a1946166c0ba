/** Documents that are damaged, huge, or made to hurt: each ends with a reason, and changes nothing. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { EntryList } from "../../../src/ingest/entries/entry_list.ts";
import { InputError } from "../../../src/ingest/faults/input_error.ts";
import { Notices } from "../../../src/ingest/faults/notice.ts";
import { importFile } from "../../../src/ingest/import_file.ts";
import { readCalendar } from "../../../src/ingest/holidays/read_calendar.ts";
import { readJson } from "../../../src/ingest/locations/json_text.ts";
import { readLocations } from "../../../src/ingest/locations/locations.ts";
import { isFault } from "../../../src/ingest/rows/row_readers.ts";
import { ANY_REJECTS, gzip, importText, storedStores } from "../../support/csv_file.ts";
import { databaseTest } from "../../support/database.ts";
import { instant } from "../../support/build.ts";
import { RULES } from "../../support/rules.ts";
import { loadParts, notices } from "./loading.ts";

const NOW = instant("2026-11-25 18:00");
const MIB = 1_048_576;

databaseTest("files that cannot be read as a whole say why", async ({ sql }) => {
  const fails = async (content: string | Uint8Array, reason: RegExp) =>
    await assert.rejects(importText(sql, content, ANY_REJECTS), { message: reason });
  await fails('{"storeCode": "a"', /^The file is no JSON: /);
  await fails('[{"storeCode": "a"},]', /^The file is no JSON: /);
  await fails('[{"storeCode": "a"}] x', /^The file is no JSON: /);
  await fails('{"storeCode": "a}', /^The file is no JSON: /);
  await fails("[]", /^The JSON has no locations: expected are objects with one of regularHours, /);
  await fails('{"hello": "world"}', /^The JSON has no locations/);
  await fails(
    '{"regularHours": {}, "storeCode": "a"}',
    /^The file has neither hours nor special hours nor names of stores$/,
  );
  await fails('[{"storeCode": "\0"}]', /is a NUL: this is not a text file$/);
  await fails(`[{"a":${"[".repeat(100_000)}`, /^The JSON is nested more than 50 deep/);
  await fails(`[${'{"a":'.repeat(60)}1${"}".repeat(60)}]`, /nested more than 50 deep/);
  await fails(gzip(`[${" ".repeat(65 * MIB)}`), /^The file has more than 64 MiB, unpacked: split it$/);
  await fails(gzip(`BEGIN:VCALENDAR\r\n${"X:y\r\n".repeat(17 * MIB)}`), /more than 64 MiB/);
  await fails(`[${"{},".repeat(4_000_000)}{}]`, /^The JSON has more than 4,000,000 values: split the file$/);
  assert.deepEqual(await storedStores(sql), []);
});

databaseTest("100 MB are not read to the end", async ({ sql }) => {
  const chunk = new TextEncoder().encode(`{"storeCode":"a"},`.repeat(50_000));
  let sent = 0;
  const body = ReadableStream.from(function* () {
    yield new TextEncoder().encode("[");
    while (sent < 100 * MIB) {
      sent += chunk.length;
      yield chunk;
    }
  }());
  await assert.rejects(importFile(sql, { zoneRules: RULES, source: "x.json", body }), { message: /more than 64 MiB/ });
  assert.ok(sent < 70 * MIB, `${sent} bytes were read`);
});

databaseTest("Windows-1252, UTF-16 and gzip are read as in tables", async ({ sql }) => {
  const text = '[{"storeCode": "a", "title": "Café"}]';
  const utf16 = Uint8Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0)).reduce<number[]>(
    (bytes, unit) => [...bytes, unit & 255, unit >> 8],
    [],
  );
  utf16[0] = 0xff;
  utf16[1] = 0xfe;
  const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
  assert.deepEqual(notices(await loadParts(sql, latin)), ["windows_1252 1"]);
  for (const content of [gzip(text), Uint8Array.from(utf16)]) {
    const [{ changed, rejected } = assert.fail()] = await loadParts(sql, content);
    assert.deepEqual([changed, rejected], [0, 0]);
  }
});

/** What a reader makes of a text: the entries and the faults, or the reason why it fails. */
async function read(text: string): Promise<string> {
  const list = new EntryList(new Notices());
  try {
    if (text.startsWith("BEGIN")) await readCalendar(text, { stores: ["*"], now: NOW }, list);
    else await readLocations(await readJson(text), list);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  const entries = [...list.entries.hours, ...list.entries["special-hours"], ...list.entries.stores];
  for (const { row } of entries) if (isFault(row)) assert.match(row.reason, /\S/);
  return `${entries.length} entries`;
}

const GOOD_JSON = JSON.stringify([
  {
    storeCode: "a",
    title: "A",
    regularHours: {
      periods: [{ openDay: "MONDAY", openTime: { hours: 9 }, closeDay: "MONDAY", closeTime: { hours: 17 } }],
    },
    specialHours: { specialHourPeriods: [{ startDate: { year: 2026, month: 12, day: 25 }, closed: true }] },
  },
  {
    "@id": "b",
    openingHoursSpecification: { dayOfWeek: "Monday", opens: "09:00", closes: "17:00", validFrom: "2026-01-01" },
    specialOpeningHoursSpecification: [{ validFrom: "2026-01-01", validThrough: "2026-01-02" }],
  },
]);

const GOOD_CALENDAR = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "UID:1",
  "DTSTART;VALUE=DATE:20261225",
  "DTEND;VALUE=DATE:20261227",
  "SUMMARY:Christmas",
  "RRULE:FREQ=YEARLY;COUNT=5",
  "EXDATE;VALUE=DATE:20271225",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n");

Deno.test("whatever is changed in a document, it is read, or rejected with a reason", async () => {
  const junk = fc.constantFrom(
    "",
    '"',
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "-1",
    "1e999",
    "\r\n",
    ";",
    "T",
    "99999999",
    "\u2028",
    "é",
  );
  const damage = fc.array(fc.tuple(fc.nat(2_000), fc.nat(12), junk), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(GOOD_JSON, GOOD_CALENDAR), damage, async (good, changes) => {
      const text = changes.reduce((text, [at, length, piece]) => {
        const place = at % text.length;
        return text.slice(0, place) + piece + text.slice(place + length);
      }, good);
      assert.match(await read(text), /\S/);
    }),
    { numRuns: 500 },
  );
});

/** Values that may stand in place of any other one. */
const ODD = [null, true, 0, -1, 1.5, 1e300, "", " ", "x", "9", "2026-12-25", [], {}, [[]], [{}], { hours: {} }, {
  periods: null,
}];

Deno.test("whatever stands in place of a value, a location is read, or rejected with its place", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.constantFrom(...ODD), async (target, odd) => {
      let seen = 0;
      const text = JSON.stringify(JSON.parse(GOOD_JSON, (_key, value) => seen++ === target ? odd : value));
      assert.match(await read(text), /\S/);
    }),
    { numRuns: 500 },
  );
});

Deno.test("a calendar of rules that never end is read in bounded time", async () => {
  const event = (rule: string) =>
    `BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:19700101\r\nDURATION:P400D\r\nRRULE:${rule}\r\nEND:VEVENT\r\n`;
  const calendar = (events: string) => `BEGIN:VCALENDAR\r\n${events}END:VCALENDAR\r\n`;
  assert.match(
    await read(calendar(event("FREQ=DAILY").repeat(1_000))),
    /^The calendar has more than 100,000 dates: split it$/,
  );
  assert.match(
    await read(calendar(event("FREQ=YEARLY;INTERVAL=1000").repeat(501))),
    /^The calendar has more than 500 rules/,
  );
  assert.match(await read(calendar(event("FREQ=SECONDLY;COUNT=1000000000").repeat(20))), /^20 entries$/);
  assert.match(
    await read(calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n".repeat(20_001))),
    /^The calendar has more than 20,000 events/,
  );
  const longEvent = `BEGIN:VEVENT\r\n${"X-A:b\r\n".repeat(5_001)}END:VEVENT\r\n`;
  assert.match(await read(calendar(longEvent)), /is an event of more than 5000 lines$/);
});
