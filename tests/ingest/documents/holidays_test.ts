/** Calendars of holidays (iCalendar): stores are closed on the dates of all-day events. */
import assert from "node:assert/strict";
import { storedSpecialHours } from "../../support/calendar_rows.ts";
import { bodyOf, importText, rowsOfAllTables } from "../../support/csv_file.ts";
import { databaseTest } from "../../support/database.ts";
import { instant } from "../../support/build.ts";
import { RULES } from "../../support/rules.ts";
import { checkFiles } from "../../../src/ingest/check_files.ts";
import { EntryList } from "../../../src/ingest/entries/entry_list.ts";
import { Notices } from "../../../src/ingest/faults/notice.ts";
import { readCalendar } from "../../../src/ingest/holidays/read_calendar.ts";
import { loadParts, notices, rejects } from "./loading.ts";

const NOW = instant("2026-11-25 18:00");
const AT = { now: NOW, maxRejects: { rows: Infinity } };

/** A calendar of events, each a list of properties. */
function calendar(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event) => ["BEGIN:VEVENT", ...event, "END:VEVENT"]);
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

function allDay(date: string, summary: string, ...more: string[]): string[] {
  return [`DTSTART;VALUE=DATE:${date}`, `SUMMARY:${summary}`, ...more];
}

databaseTest(
  "all stores are closed on the dates of whole-day events, for the reason of the summary",
  async ({ sql }) => {
    const text = calendar(
      allDay("20261225", "Christmas Day", "DTEND;VALUE=DATE:20261226", "TRANSP:TRANSPARENT"),
      allDay("20270401", "Moving\\, and unpacking", "DTEND;VALUE=DATE:20270404"),
      allDay("20270501", "Labour Day", "DURATION:P1D"),
      ["DTSTART:20270517", "SUMMARY;LANGUAGE=no:Grunn", " lovsdagen"],
      allDay("20270606", "National day", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM"),
    );
    const parts = await loadParts(sql, text, AT);
    assert.deepEqual(parts.map(({ kind, rows, rejected, changed }) => ({ kind, rows, rejected, changed })), [
      { kind: "special-hours", rows: 7, rejected: 0, changed: 7 },
    ]);
    assert.deepEqual(await storedSpecialHours(sql), [
      "* 2026-12-25 closed (Christmas Day)",
      "* 2027-04-01 closed (Moving, and unpacking)",
      "* 2027-04-02 closed (Moving, and unpacking)",
      "* 2027-04-03 closed (Moving, and unpacking)",
      "* 2027-05-01 closed (Labour Day)",
      "* 2027-05-17 closed (Grunnlovsdagen)",
      "* 2027-06-06 closed (National day)",
    ]);
    assert.deepEqual((await loadParts(sql, text, AT)).map(({ changed }) => changed), [0]);
    assert.deepEqual((await loadParts(sql, text.replaceAll("\r\n", "\n"), AT)).map(({ changed }) => changed), [0]);
  },
);

databaseTest("a check shows all dates and reasons, and stores nothing", async ({ sql }) => {
  const before = await rowsOfAllTables(sql);
  const text = calendar(allDay("20261225", "Christmas", "RRULE:FREQ=YEARLY"), [
    "DTSTART:20261224T120000Z",
    "SUMMARY:Half",
  ]);
  const [check] = await checkFiles(sql, [{ zoneRules: RULES, source: "h.ics", body: bodyOf(text), now: NOW }]);
  assert.deepEqual([check?.form, check?.separator, check?.kind, check?.rejected], [
    "iCalendar",
    "",
    "special-hours",
    1,
  ]);
  assert.deepEqual(
    check?.firstRows.map(({ row }) => row),
    ["2026-12-25", "2027-12-25"].map((date) => ({ store_id: "*", date, openings: [], reason: "Christmas" })),
  );
  assert.equal(await rowsOfAllTables(sql), before);
});

databaseTest("the dates can be those of some stores", async ({ sql }) => {
  const parts = await loadParts(sql, calendar(allDay("20261225", "C"), ["SUMMARY:x"]), { ...AT, stores: ["a", "b"] });
  assert.deepEqual(await storedSpecialHours(sql), ["a 2026-12-25 closed (C)", "b 2026-12-25 closed (C)"]);
  assert.deepEqual(parts.map(({ storesNew, rows, rejected }) => [storesNew, rows, rejected]), [[2, 3, 1]]);
  await assert.rejects(importText(sql, "store_id,timezone_str\na,UTC\n", { stores: ["a"] }), /iCalendar file alone/);
  await assert.rejects(importText(sql, '{"storeCode":"a"}', { stores: ["a"] }), /iCalendar file alone/);
});

databaseTest(
  "repeating events are read from a year before to two years after, with RDATE and without EXDATE",
  async ({ sql }) => {
    const parts = await loadParts(
      sql,
      calendar(
        allDay(
          "20200704",
          "Fourth",
          "RRULE:FREQ=YEARLY",
          "EXDATE;VALUE=DATE:20270704",
          "RDATE;VALUE=DATE:20260703,20190101",
        ),
        allDay(
          "20181122",
          "Thanks",
          "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20271231T235959Z",
          "EXDATE:20261126T000000",
        ),
        allDay("20261228", "Stocktaking", "DURATION:P2D", "RRULE:FREQ=MONTHLY;COUNT=2"),
      ),
      AT,
    );
    assert.deepEqual((await storedSpecialHours(sql)).map((row) => row.slice(2)), [
      "2019-01-01 closed (Fourth)",
      "2025-11-27 closed (Thanks)",
      "2026-07-03 closed (Fourth)",
      "2026-07-04 closed (Fourth)",
      "2026-12-28 closed (Stocktaking)",
      "2026-12-29 closed (Stocktaking)",
      "2027-01-28 closed (Stocktaking)",
      "2027-01-29 closed (Stocktaking)",
      "2027-11-25 closed (Thanks)",
      "2028-07-04 closed (Fourth)",
    ]);
    assert.deepEqual(notices(parts), ["repeats_bounded 3"]);
    assert.match(parts[0]?.notices[0]?.message ?? "", /from 2025-11-25 to 2028-11-24$/);
  },
);

databaseTest(
  "an occurrence can be moved or cancelled, and a cancelled event is left out with a notice",
  async ({ sql }) => {
    const parts = await loadParts(
      sql,
      calendar(
        allDay("20260601", "Monday off", "UID:1", "RRULE:FREQ=YEARLY"),
        allDay("20270602", "Moved", "UID:1", "RECURRENCE-ID;VALUE=DATE:20270601"),
        allDay("20280601", "Never", "UID:1", "RECURRENCE-ID;VALUE=DATE:20280601", "STATUS:CANCELLED"),
        allDay("20260701", "Cancelled", "UID:2", "STATUS:CANCELLED"),
        ["DTSTART:20260702T090000Z", "STATUS:cancelled"],
      ),
      AT,
    );
    assert.deepEqual(await storedSpecialHours(sql), [
      "* 2026-06-01 closed (Monday off)",
      "* 2027-06-02 closed (Moved)",
    ]);
    assert.deepEqual(notices(parts).sort(), ["event_cancelled 3", "repeats_bounded 1"]);
  },
);

databaseTest("of two events on a date the first one counts, with a notice if their names differ", async ({ sql }) => {
  const events = [allDay("20261225", "Christmas"), allDay("20261225", "Company day"), allDay("20261225", "Christmas")];
  const parts = await loadParts(sql, calendar(...events), AT);
  assert.deepEqual(await storedSpecialHours(sql), ["* 2026-12-25 closed (Christmas)"]);
  assert.deepEqual(notices(parts), ["date_twice 1"]);
});

const TIMED = "but only events of whole days are read: write VALUE=DATE, or load a file of special hours";

/** Properties of an event, and why it is rejected. */
const BAD: readonly (readonly [readonly string[], string])[] = [
  [["DTSTART:20261225T090000Z"], `DTSTART 20261225T090000Z is a time, ${TIMED}`],
  [
    ["DTSTART;TZID=Europe/Oslo:20261225T000000", "DTEND;TZID=Europe/Oslo:20261226T000000"],
    `DTSTART 20261225T000000 is a time in the zone Europe/Oslo, ${TIMED}`,
  ],
  [["DTSTART;VALUE=DATE:20261225T100000"], `DTSTART 20261225T100000 is a time, ${TIMED}`],
  [["DTSTART;VALUE=DATE:2026"], "DTSTART 2026 is not a date of iCalendar: expected is one such as 20261225"],
  [
    ["DTSTART;VALUE=DATE:20261225", "SUMMARY:Christ", "mas"],
    'VEVENT DTSTART;VALUE=DATE:20261225 cannot be read: invalid line (no token ";" or ":") "mas"',
  ],
  [["SUMMARY:x"], "DTSTART  is missing: an event needs the date on which it is"],
  [["DTSTART;VALUE=DATE:20261325"], "DTSTART 20261325 is not in the calendar: correct the month or the day"],
  [["DTSTART;VALUE=DATE:20260230"], "DTSTART 20260230 is not in the calendar: correct the month or the day"],
  [
    ["DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=DAILY"],
    "DTSTART 19000101 is not from 1970 to 2199: correct the year",
  ],
  [
    ["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20280101"],
    "DTEND 20280101 makes the event longer than 400 days: correct the year",
  ],
  [["DTSTART;VALUE=DATE:20260101", "DURATION:PT36H"], "DURATION PT36H is not a number of whole days, such as P3D"],
  [
    ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=SECONDLY;COUNT=1000000000"],
    "RRULE FREQ=SECONDLY;COUNT=1000000000 repeats within a day: a holiday repeats by days, weeks, months or years",
  ],
  [
    ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY;BYDAY=XX"],
    "RRULE FREQ=DAILY;BYDAY=XX cannot be read as a rule of iCalendar: Invalid BYDAY value: XX",
  ],
  [
    ["DTSTART;VALUE=DATE:20260101", "RRULE:RSCALE=HEBREW;FREQ=YEARLY"],
    "RRULE RSCALE=HEBREW;FREQ=YEARLY counts in another calendar: write the dates as RDATE",
  ],
  [
    ["DTSTART;VALUE=DATE:20260101", "RDATE;VALUE=PERIOD:20260101T000000Z/PT1H"],
    "RDATE 20260101T000000Z/PT1H is a period with times: only whole days are read",
  ],
  [
    ["DTSTART;VALUE=DATE:20260101", "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20260101"],
    "RECURRENCE-ID 20260101 changes all later occurrences, too: write a new event from that date on",
  ],
  [
    ["DTSTART;VALUE=DATE:20260101", `SUMMARY:${"x".repeat(501)}`],
    `SUMMARY ${"x".repeat(200)}… is longer than 500 characters: shorten it`,
  ],
];

databaseTest("an event that is not of whole days, or cannot be read, is rejected with its line", async ({ sql }) => {
  const parts = await loadParts(sql, calendar(allDay("20261225", "Good"), ...BAD.map(([event]) => event)), AT);
  // Behind the head of the calendar and the good event.
  let line = 3 + 4 + 1;
  const expected = BAD.map(([event, reason]) => {
    const found = `${line} ${reason}`;
    line += event.length + 2;
    return found;
  });
  assert.deepEqual(await rejects(sql, parts), expected);
  assert.deepEqual(await storedSpecialHours(sql), ["* 2026-12-25 closed (Good)"]);
  assert.equal(parts[0]?.rowsWithoutStore, BAD.length);
});

databaseTest("a file that is no whole calendar fails, and says why", async ({ sql }) => {
  const fails = async (text: string, reason: RegExp) =>
    await assert.rejects(loadParts(sql, text, AT), { message: reason });
  await fails(calendar(), /^The calendar has no events$/);
  await fails(
    calendar(allDay("20261225", "x")).replace("END:VCALENDAR", ""),
    /cut off: the end of VCALENDAR is missing/,
  );
  await fails("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", /line 2 ends what does not begin before it/);
  await fails(calendar(allDay("20261225", "x")).replace("VERSION", "METHOD:CANCEL\r\nVERSION"), /METHOD:CANCEL/);
  await fails(`BEGIN:VCALENDAR\r\n${"BEGIN:VEVENT\r\n".repeat(100_000)}`, /line 6 is nested more than 5 deep/);
});

Deno.test("what a calendar has besides events is named", async () => {
  const notices = new Notices();
  const list = new EntryList(notices);
  const todo = "BEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO\r\n";
  const text = calendar(allDay("20261225", "x", "DTEND;VALUE=DATE:20261225")).replace(
    "BEGIN:VEVENT",
    `${todo}BEGIN:VEVENT`,
  );
  await readCalendar(text, { stores: ["*"], now: NOW }, list);
  assert.deepEqual(notices.list().map(({ code }) => code), ["not_events"]);
  const [entry] = list.entries["special-hours"];
  assert.deepEqual(entry?.notices.map(({ code }) => code), ["event_end_not_after_start"]);
});
