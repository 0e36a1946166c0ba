/** Texts of opening hours, as schema.org and OpenStreetMap have them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { OPENING_HOURS } from "../../../src/ingest/values/opening_hours_text.ts";
import { Unreadable } from "../../../src/ingest/values/value.ts";
import { DAYS, minutesOfWeek, printedWeek, randomWeek, type Range } from "../../support/weeks.ts";

/** What a text is read as: `0 09:00:00-17:00:00`, or the code of the fault. */
function read(text: string): string[] | string {
  const said = OPENING_HOURS.read(text.trim(), () => {});
  if (said instanceof Unreadable) return said.code;
  return [...said].flatMap(([day, openings]) =>
    openings.length === 0 ? [`${day} closed`] : openings.map(({ day, start, end }) => `${day} ${start}-${end}`)
  ).sort();
}

function week(times: string, days = [0, 1, 2, 3, 4, 5, 6]): string[] {
  return days.map((day) => `${day} ${times}`);
}

const READ: readonly (readonly [string, readonly string[]])[] = [
  ["Mo-Fr 09:00-17:00", week("09:00:00-17:00:00", [0, 1, 2, 3, 4])],
  ["Sa,Su 10:00-14:00", week("10:00:00-14:00:00", [5, 6])],
  ["Mo,We-Fr 9:00-17:00", week("09:00:00-17:00:00", [0, 2, 3, 4])],
  ["Mo-Su 00:00-24:00", week("00:00:00-24:00:00")],
  ["Mo-Su", week("00:00:00-24:00:00")],
  ["24/7", week("00:00:00-24:00:00")],
  ["24/7; PH off", week("00:00:00-24:00:00")],
  ["Mo-Su; PH off", week("00:00:00-24:00:00")],
  ["10:00-19:00", week("10:00:00-19:00:00")],
  ["Su-Mo 09:00-17:00", week("09:00:00-17:00:00", [0, 6])],
  ["Fr-Tu 09:00-17:00", week("09:00:00-17:00:00", [0, 1, 4, 5, 6])],
  ["Mo 09:00-12:00,13:00-17:00", ["0 09:00:00-12:00:00", "0 13:00:00-17:00:00"]],
  ["Mo 09:00-12:00 13:00-17:00", ["0 09:00:00-12:00:00", "0 13:00:00-17:00:00"]],
  ["Mo 09:00-12:00, Mo 13:00-17:00", ["0 09:00:00-12:00:00", "0 13:00:00-17:00:00"]],
  ["Mo 9:00-17:00, Sa 10:00-14:00", ["0 09:00:00-17:00:00", "5 10:00:00-14:00:00"]],
  ["Mo 9:00-17:00; Sa 10:00-14:00;", ["0 09:00:00-17:00:00", "5 10:00:00-14:00:00"]],
  ["Fr 18:00-02:00", ["4 18:00:00-02:00:00"]],
  ["Fr 18:00-26:00", ["4 18:00:00-02:00:00"]],
  ["Su 24:00-25:30", ["0 00:00:00-01:30:00"]],
  ["Mo 09:00-17:00; Su off", ["0 09:00:00-17:00:00", "6 closed"]],
  ["mo 09:00-17:00;SU CLOSED", ["0 09:00:00-17:00:00", "6 closed"]],
  ["closed", week("closed")],
  ["off", week("closed")],
  ["Monday - Friday: 9 AM – 5:30 pm", week("09:00:00-17:30:00", [0, 1, 2, 3, 4])],
  ["Mon. 9am-noon", ["0 09:00:00-12:00:00"]],
  ["Thurs 18:00-midnight", ["3 18:00:00-00:00:00"]],
  ["Mo 09:00:30-17:00", ["0 09:00:30-17:00:00"]],
  ["Mo-Su,PH 09:00-17:00", week("09:00:00-17:00:00")],
  ["Mo-Su 09:00-17:00; PH off", week("09:00:00-17:00:00")],
  ["Mo-Su 09:00-17:00, PH 10:00-12:00", week("09:00:00-17:00:00")],
];

Deno.test("a text is read as the openings of its weekdays", () => {
  for (const [text, expected] of READ) assert.deepEqual(read(text), [...expected].sort(), text);
});

const REJECTED: readonly (readonly [string, string])[] = [
  ["", "hours_empty"],
  [";", "hours_empty"],
  ["Mo-Fr 9-17", "time_hour_alone"],
  ["Mo-Fr 0900-1700", "time_without_colon"],
  ["Mo-Fr 09:00-25:61", "time_no_such_minute"],
  ["Mo-Fr 09:00-48:00", "time_no_such_hour"],
  ["Mo-Fr 09:00", "hours_one_time"],
  ["Mo-Fr 18:00+", "hours_open_end"],
  ["Mo 00:00-00:00", "hours_zero_to_zero"],
  ["Mo 24:00-23:00", "end_not_after_start"],
  ["Mo 09:00-17:00; Sa", "hours_without_times"],
  ["Mo-Fr 09:00-17:00; We 10:00-12:00", "hours_day_twice"],
  ["Mo-Fr 09:00-17:00; We off", "hours_day_twice"],
  ["Mo-Fr 09:00-17:00, We off", "hours_closed_and_open"],
  ["Mo off 09:00-17:00", "hours_closed_and_open"],
  ["PH off", "hours_of_holidays_alone"],
  ["Jun-Aug: Mo-Fr 09:00-17:00", "hours_of_months"],
  ["week 1-20 Mo 09:00-17:00", "hours_of_weeks"],
  ["Mo sunrise-sunset", "hours_of_sun"],
  ["easter off", "hours_of_easter"],
  ["Mo[1] 09:00-17:00", "hours_unknown_word"],
  ['Mo 09:00-17:00 "by appointment"', "hours_unknown_word"],
  ["M-F 09:00-17:00", "hours_unknown_word"],
  ["Mo 09:00-17:00 || Tu 09:00-17:00", "hours_unknown_word"],
  ["2026-12-25 off", "time_without_colon"],
  ["x".repeat(1001), "hours_too_long"],
];

Deno.test("a text with another meaning, with two, or with none is rejected", () => {
  for (const [text, code] of REJECTED) assert.equal(read(text), code, text);
});

Deno.test("hours of public holidays are left out with a notice", () => {
  const codes: string[] = [];
  OPENING_HOURS.read("Mo 09:00-17:00; PH,SH off", ({ code }) => codes.push(code));
  assert.deepEqual(codes, ["public_holidays_not_read"]);
});

Deno.test("however a week is printed, it is read back minute by minute", () => {
  fc.assert(fc.property(randomWeek, fc.infiniteStream(fc.nat(3)), (ranges, styles) => {
    const text = printedWeek(ranges, () => styles.next().value ?? 0);
    const said = OPENING_HOURS.read(text, () => {});
    assert.ok(!(said instanceof Unreadable), text);
    assert.deepEqual(minutesOfWeek([...said.values()].flat()), minutesOfRanges(ranges), text);
    assert.deepEqual([...said.keys()].sort(), [...new Set(ranges.map(({ day }) => day))].sort());
  }));
});

/** The obvious way: each minute from the start to the end, counted around the week. */
function minutesOfRanges(ranges: readonly Range[]): Set<number> {
  return new Set(
    ranges.flatMap(({ day, start, length }) =>
      Array.from({ length }, (_, minute) => (day * 1440 + start + minute) % (DAYS * 1440))
    ),
  );
}

Deno.test("no text takes long, and no text throws", () => {
  const pieces = [
    "Mo",
    "Mo-",
    "-",
    ",",
    ";",
    ":",
    "09:00",
    "9",
    "-17:00",
    "PH",
    "off",
    "24/7",
    "+",
    " ",
    "\u{1F600}",
    "[1]",
  ];
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 300 }), (words) => {
    OPENING_HOURS.read(words.join(""), () => {});
  }));
});
