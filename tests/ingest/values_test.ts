import assert from "node:assert/strict";
import {
  DAY,
  END_TIME,
  INSTANT,
  START_TIME,
  STATUS,
  STORE_ID,
  timezoneOf,
  type ValueKind,
} from "../../src/ingest/values.ts";
import { RULES } from "../support/rules.ts";

function reads<Value>(kind: ValueKind<Value>, values: Record<string, Value>): void {
  for (const [text, value] of Object.entries(values)) assert.equal(kind.read(text), value, JSON.stringify(text));
}

function refuses(kind: ValueKind<unknown>, texts: readonly string[], reason: RegExp): void {
  for (const text of texts) {
    assert.equal(kind.read(text), undefined, JSON.stringify(text));
    assert.match(kind.fault(text), reason, JSON.stringify(text));
  }
}

Deno.test("R3: a store id is text: 19 digits, a UUID, leading zeros and letters of any script stay as they are", () => {
  for (
    const id of [
      "9222367421889482050",
      "007",
      "1e5",
      "3f2b8c1e-0d6e-4b7a-9d52-0d4c8a3f1b2c",
      "Café Zoë",
      "店 1",
      "🍕".repeat(64),
    ]
  ) assert.equal(STORE_ID.read(id), id);
});

Deno.test("R3: a store id is trimmed", () => reads(STORE_ID, { " 7 ": "7", "\t7\u00a0": "7" }));

Deno.test("R3: a store id has 1 to 64 characters, however many UTF-16 units those are", () => {
  refuses(STORE_ID, ["", "  "], /empty/);
  refuses(STORE_ID, ["x".repeat(65), "🍕".repeat(65), "x".repeat(1_000_000)], /longer than 64/);
});

Deno.test("R4: a store id that a spreadsheet would run as a formula is refused", () => {
  refuses(STORE_ID, ["=1+1", "+1", "-1", "@SUM(A1)", " =1"], /spreadsheet/);
});

Deno.test("R3: a store id with a character that cannot be printed is refused", () => {
  refuses(STORE_ID, ["a\0b", "a\nb", "a\u200bb", "a\u202eb", "a\u2028b", "a\ud800b", "a\uffffb"], /printed/);
});

Deno.test("R5: a status is active or inactive in any letter case, and nothing that holds the word", () => {
  reads(STATUS, { active: true, ACTIVE: true, Inactive: false, " inActive ": false });
  refuses(STATUS, ["", "activ", "active!", "not active", "hyperactive", "1", "true"], /neither/);
});

Deno.test("R6: an instant has 0 to 6 fraction digits, and UTC, Z or an offset", () => {
  reads(INSTANT, {
    "2023-01-25 18:13:22.479220 UTC": 1_674_670_402_479_220,
    "2023-01-25 18:13:22.47922 UTC": 1_674_670_402_479_220,
    "2023-01-25 18:13:22.4 UTC": 1_674_670_402_400_000,
    "2023-01-25 18:13:22 UTC": 1_674_670_402_000_000,
    "2023-01-25T18:13:22Z": 1_674_670_402_000_000,
    " 2023-01-25T12:13:22.000001-06:00 ": 1_674_670_402_000_001,
  });
});

Deno.test("R6: an instant without a zone, of a day that does not exist, or with seven fraction digits is refused", () => {
  refuses(INSTANT, [
    "2023-01-25 18:13:22",
    "2023-02-29 00:00:00 UTC",
    "2023-01-25 24:00:00 UTC",
    "2023-01-25 18:13:22.4792201 UTC",
    "1674670402",
    "",
  ], /not an instant/);
});

Deno.test("R7: a day is 0 to 6", () => {
  reads(DAY, { "0": 0, " 6 ": 6 });
  refuses(DAY, ["7", "-1", "1.0", "Monday", "", "06", "1e0"], /not a day/);
});

Deno.test("R7: a start is a time below 24:00", () => {
  reads(START_TIME, { "00:00": "00:00", "09:30:15": "09:30:15", "23:59:59.999999": "23:59:59.999999" });
  refuses(START_TIME, ["24:00", "9:30", "12:60", "12:00:60", "12:00:00.1234567", "noon", ""], /not a time/);
});

Deno.test("R7, R23: an end may be 24:00, and nothing after it", () => {
  reads(END_TIME, { "24:00": "24:00", "24:00:00": "24:00:00", "24:00:00.000": "24:00:00.000", "00:00": "00:00" });
  refuses(END_TIME, ["24:01", "24:00:00.000001", "25:00"], /not a time/);
});

Deno.test("R8, R34: a zone is an IANA zone, kept under its canonical spelling", () => {
  reads(timezoneOf(RULES), {
    "america/new_york": "America/New_York",
    " Asia/Kathmandu ": "Asia/Kathmandu",
    UTC: "UTC",
  });
  refuses(timezoneOf(RULES), ["Mars/Olympus", "+05:30", "", "America/New York"], /not an IANA/);
});
