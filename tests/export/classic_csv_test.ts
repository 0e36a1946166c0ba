import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "csv-parse/sync";
import { CLASSIC_HEADER } from "../../src/export/classic_csv.ts";
import { timeOfDay } from "../support/build.ts";
import { csvRow } from "../support/row.ts";

const NOTHING = { up: 0, down: 0 };
const EMPTY = { hour: NOTHING, day: NOTHING, week: NOTHING };

Deno.test("R46: the header is exactly the seven columns and a line feed", () => {
  assert.equal(
    CLASSIC_HEADER,
    "store_id,uptime_last_hour,uptime_last_day,uptime_last_week,downtime_last_hour,downtime_last_day,downtime_last_week\n",
  );
});

Deno.test("R47: the hour is in minutes, day and week are in hours, up before down", () => {
  const row = {
    hour: { up: timeOfDay("00:45"), down: timeOfDay("00:15") },
    day: { up: timeOfDay("06:30"), down: timeOfDay("01:30") },
    week: { up: timeOfDay("24:00"), down: timeOfDay("12:15") },
  };
  assert.equal(csvRow("7", row, 2), "7,45.00,6.50,24.00,15.00,1.50,12.25\n");
});

Deno.test("R48: every number has as many digits after the point as are asked for", () => {
  assert.equal(csvRow("7", EMPTY, 0), "7,0,0,0,0,0,0\n");
  assert.equal(csvRow("7", EMPTY, 3), "7,0.000,0.000,0.000,0.000,0.000,0.000\n");
});

Deno.test("R49: an id with a comma, a quote or a line end is quoted, and its quotes are doubled", () => {
  assert.equal(csvRow("a,b", EMPTY, 0), '"a,b",0,0,0,0,0,0\n');
  assert.equal(csvRow('the "shop"', EMPTY, 0), '"the ""shop""",0,0,0,0,0,0\n');
  assert.equal(csvRow("a\nb", EMPTY, 0), '"a\nb",0,0,0,0,0,0\n');
  assert.equal(csvRow("a\rb", EMPTY, 0), '"a\rb",0,0,0,0,0,0\n');
});

Deno.test("R49: an id in any script stands as it is", () => {
  assert.equal(csvRow("café-東京-🏪", EMPTY, 0), "café-東京-🏪,0,0,0,0,0,0\n");
});

Deno.test("R3: an id of 19 digits is not a number and keeps every digit", () => {
  assert.equal(csvRow("8419537941919820732", EMPTY, 0), "8419537941919820732,0,0,0,0,0,0\n");
});

Deno.test("R49: a CSV reader reads back any id", () => {
  const id = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.string({ minLength: 1, unit: fc.constantFrom(..."a,\"\n\r 'é") }),
  );
  fc.assert(fc.property(id, (id) => {
    const [record] = parse(csvRow(id, EMPTY, 2), { recordDelimiter: "\n" });
    assert.deepEqual(record, [id, "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"]);
  }));
});
