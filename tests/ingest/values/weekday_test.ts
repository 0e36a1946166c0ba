import assert from "node:assert/strict";
import { InputError } from "../../../src/ingest/faults/input_error.ts";
import { type DayNumbering, Weekdays } from "../../../src/ingest/values/weekday.ts";
import { reads, refuses } from "../../support/values.ts";

const days = (numbering?: DayNumbering) => new Weekdays(numbering);

Deno.test("R7: a day is 0 to 6, from Monday on", () => {
  reads(days(), { "0": 0, "1": 1, "5": 5, "6": 6 });
});

Deno.test("a day is an English name, or at least its first three letters, however days are numbered", () => {
  for (const numbering of [undefined, "iso", "sunday0", "sunday1"] as const) {
    reads(days(numbering), { Monday: 0, mon: 0, TUE: 1, tues: 1, Wednes: 2, thur: 3, Fri: 4, saturday: 5, SUN: 6 });
  }
});

Deno.test("days are numbered as --days says", () => {
  reads(days("iso"), { "1": 0, "2": 1, "6": 5, "7": 6 });
  reads(days("sunday0"), { "0": 6, "1": 0, "6": 5 });
  reads(days("sunday1"), { "1": 6, "2": 0, "7": 5 });
  refuses(days("iso"), { "0": "day_out_of_range", "8": "day_out_of_range" });
  refuses(days("sunday0"), { "7": "day_out_of_range" });
  refuses(days("sunday1"), { "0": "day_out_of_range" });
});

Deno.test("a 7 without --days fails the file, and the reason shows the choices", () => {
  assert.throws(
    () => days().read("7"),
    (error) => error instanceof InputError && /--days iso.*--days sunday1.*--days sunday0/.test(error.message),
  );
});

Deno.test("what is no day is refused with its own reason", () => {
  refuses(days(), {
    "": "day_empty",
    "NaN": "day_missing",
    "1.0": "day_fraction",
    "-1": "day_out_of_range",
    "8": "day_out_of_range",
    "06": "day_out_of_range",
    "2023-01-25": "day_is_date",
    "Mon-Fri": "day_is_list",
    "Mo": "day_too_short",
    "Montag": "day_unknown",
    "Mon.": "day_unknown",
    "weekday": "day_unknown",
    "1e0": "day_unknown",
    ["Mon-".repeat(100_000)]: "too_long",
  });
});

function warned(digits: string, numbering?: DayNumbering): string[] {
  const weekdays = days(numbering);
  for (const digit of digits) weekdays.read(digit);
  return weekdays.warnings().map(({ code }) => code);
}

Deno.test("a file with all of 1 to 6 and no 0 is warned of", () => {
  assert.deepEqual(warned("123456"), ["days_from_one"]);
  assert.deepEqual(warned("0123456"), []);
  assert.deepEqual(warned("12345"), []);
  assert.deepEqual(warned("123456", "iso"), []);
});
