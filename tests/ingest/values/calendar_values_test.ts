/** The values of special hours, exclusions and stores: what is read, and which fault each odd form has. */
import assert from "node:assert/strict";
import { DATE_OF_CALENDAR } from "../../../src/ingest/values/date.ts";
import { EXCLUSION_END } from "../../../src/ingest/values/exclusion_end.ts";
import { EXCLUSION_KIND } from "../../../src/ingest/values/exclusion_kind.ts";
import { SALES_PER_HOUR } from "../../../src/ingest/values/sales_per_hour.ts";
import { REASON, TAG_VALUE } from "../../../src/ingest/values/short_text.ts";
import { specialTimes } from "../../../src/ingest/values/special_times.ts";
import { TARGET_PERCENT } from "../../../src/ingest/values/target_percent.ts";
import { Unreadable, type ValueKind } from "../../../src/ingest/values/value.ts";
import { instant, timeOfDay } from "../../support/build.ts";

/** What a text is read as, or the code of its fault. */
function read<Value>(kind: ValueKind<Value>, text: string): Value | string {
  const value = kind.read(text, (notice) => assert.fail(notice.code));
  return value instanceof Unreadable ? value.code : value;
}

function faults(kind: ValueKind<unknown>, expected: Readonly<Record<string, string>>): void {
  for (const [text, code] of Object.entries(expected)) assert.equal(read(kind, text), code, text);
}

Deno.test("a date has four, two and two digits; other forms have each a reason of its own", () => {
  for (const date of ["2026-12-25", "2024-02-29", "1970-01-01", "2199-12-31"]) {
    assert.equal(read(DATE_OF_CALENDAR, date), date);
  }
  faults(DATE_OF_CALENDAR, {
    "": "date_empty",
    "null": "date_missing",
    "2026-12-25 00:00:00": "date_with_time",
    "25.12.2026": "date_order",
    "01/02/26": "date_order",
    "2026/12/25": "date_digits",
    "2026-1-5": "date_digits",
    "20261225": "date_compact",
    "46381": "date_number",
    "2026-W52-5": "date_week",
    "25 Dec 2026": "date_with_word",
    "2026-02-29": "date_no_such",
    "2026-13-01": "date_no_such",
    "1969-12-31": "date_out_of_range",
    "2200-01-01": "date_out_of_range",
    "?": "date_unknown",
  });
  assert.equal(read(DATE_OF_CALENDAR, "2".repeat(300)), "too_long");
});

Deno.test("an end of an exclusion is an instant, or a wall time if it has no zone", () => {
  const nine = instant("2026-03-01 09:00");
  for (const text of ["2026-03-01T09:00:00Z", "2026-03-01 10:00+01:00", "2026-03-01 09:00 UTC", "20260301T0900Z"]) {
    assert.deepEqual(read(EXCLUSION_END, text), { isLocal: false, at: nine }, text);
  }
  for (const text of ["2026-03-01T09:00:00", "2026-03-01 9:00", "20260301T0900"]) {
    assert.deepEqual(read(EXCLUSION_END, text), { isLocal: true, at: nine }, text);
  }
  assert.deepEqual(read(EXCLUSION_END, "2026-03-01 24:00:00"), { isLocal: true, at: instant("2026-03-02 00:00") });
  for (const text of ["2026-03-01", "01/02/2026 09:00", "2026-03-01 9 AM", "", "2026-03-01 09:00 Chicago"]) {
    assert.match(String(read(EXCLUSION_END, text)), /^instant_/, text);
  }
});

Deno.test("an exclusion is of one of four kinds, in any letter case", () => {
  assert.deepEqual(["planned", "Pause", "PLATFORM", "other"].map((text) => read(EXCLUSION_KIND, text)), [
    "planned",
    "pause",
    "platform",
    "other",
  ]);
  faults(EXCLUSION_KIND, {
    "": "exclusion_kind_empty",
    "n/a": "exclusion_kind_missing",
    holiday: "exclusion_kind_unknown",
  });
});

Deno.test("sales are plain decimal digits, and a target is a percentage with at most four decimals", () => {
  for (const text of ["0", "1250", "1250.50", "0.000001"]) assert.equal(read(SALES_PER_HOUR, text), text);
  faults(SALES_PER_HOUR, {
    "-1": "sales_negative",
    "1,250": "sales_separators",
    "1.250,50": "sales_separators",
    "$1250": "sales_with_unit",
    "1250 EUR": "sales_with_unit",
    "none": "sales_missing",
    "1e3": "sales_with_unit",
    ".5": "sales_unknown",
  });
  for (const text of ["0", "100", "99.5", "99.9999", "100.0000"]) assert.equal(read(TARGET_PERCENT, text), text);
  faults(TARGET_PERCENT, {
    "99.5%": "target_with_sign",
    "99,5": "target_comma",
    "99.12345": "target_digits",
    "100.1": "target_out_of_range",
    "-1": "target_out_of_range",
    "nan": "target_missing",
    "high": "target_unknown",
  });
});

Deno.test("a text is one line of so many characters, whatever planes they are from", () => {
  assert.equal(read(TAG_VALUE, "🍕".repeat(64)), "🍕".repeat(64));
  assert.equal(read(TAG_VALUE, "🍕".repeat(65)), "text_too_long");
  assert.equal(read(REASON, "new\r\nfloor"), "new floor");
  assert.equal(read(REASON, "bell\u0007"), "text_unprintable");
});

Deno.test("special times from 24:00 on belong to the date that they are written for", () => {
  const times = (start: string, end: string) => {
    const found = specialTimes(timeOfDay(start), timeOfDay(end));
    return found instanceof Unreadable ? found.code : `${found.start} to ${found.end}`;
  };
  assert.equal(times("20:00", "26:00"), "20:00:00 to 26:00:00");
  assert.equal(times("24:00", "25:30"), "24:00:00 to 25:30:00");
  assert.equal(times("22:00", "02:00"), "22:00:00 to 02:00:00");
  assert.equal(times("25:00", "01:00"), "end_not_after_start");
});
