import assert from "node:assert/strict";
import type { ColumnName } from "../../src/ingest/rows/column_names.ts";
import { findColumns } from "../../src/ingest/rows/columns.ts";
import type { ImportKind } from "../../src/db/imports/imports.ts";
import { InputError } from "../../src/ingest/faults/input_error.ts";

function places(header: string, kind?: ImportKind): number[] {
  return findColumns(header.split(","), { kind }).found.map(({ index }) => index);
}

function fails(header: string, message: RegExp, kind?: ImportKind): void {
  assert.throws(() => places(header, kind), (error) => error instanceof InputError && message.test(error.message));
}

Deno.test("R2: columns are found by name, in any order and letter case, with blanks around them", () => {
  assert.deepEqual(places(" Timestamp_UTC ,x,STATUS,y,Store_Id"), [4, 2, 0]);
});

Deno.test("R2: the weekday goes by three names", () => {
  for (const day of ["day", "dayOfWeek", "day_of_week"]) {
    assert.deepEqual(places(`store_id,${day},start_time_local,end_time_local`), [0, 1, 2, 3]);
  }
});

Deno.test("the header shows the kind of a file", () => {
  const kind = (header: string) => findColumns(header.split(",")).kind;
  assert.equal(kind("store_id,status,timestamp_utc"), "polls");
  assert.equal(kind("store_id,day,start_time_local,end_time_local"), "hours");
  assert.equal(kind("store_id,timezone_str"), "timezones");
});

Deno.test("R10: the reason for a missing column names what the header has and what it needs", () => {
  fails("store_id,mood,timestamp_utc", /polls.*needs.*status.*has "store_id", "mood", "timestamp_utc"/, "polls");
  fails("store_id,start_time_local,end_time_local", /day or dayofweek or day_of_week or weekday/, "hours");
  fails("store_id,status,seen_at", /polls needs the column timestamp_utc.*--column timestamp_utc=NAME/);
  fails("name,value", /no kind.*polls \(store_id, status, timestamp_utc\).*has "name", "value"/);
});

Deno.test("R2, R10: a column that is there twice fails the file, unless it is not read", () => {
  fails("store_id,status,timestamp_utc,Status", /status is there twice/);
  fails("store_id,day,Day,start_time_local,end_time_local", /day is there twice/);
  assert.deepEqual(places("store_id,,,status,timestamp_utc"), [0, 3, 4]);
});

Deno.test("a header that fits two kinds is read as the first, and a notice names the columns of the other", () => {
  const header = "store_id,status,timestamp_utc,timezone_str";
  assert.deepEqual(places(header), [0, 1, 2]);
  assert.deepEqual(notices(header), [
    'columns_of_other_kind: The file was read as polls: "timezone_str" would be read from a file of timezones',
  ]);
  assert.deepEqual(places(header, "timezones"), [0, 3]);
});

Deno.test("columns go by other names, with a space, _, - or nothing between words", () => {
  for (const header of ["store,state,timestamp", "Store ID,STATUS,Time-UTC", "StoreId,status,TimestampUTC"]) {
    assert.deepEqual(places(header), [0, 1, 2]);
  }
  for (
    const times of ["start_time,end_time", "start,end", "open,close", "Opens,Closes", "StartTimeLocal,end time local"]
  ) {
    for (const day of ["day", "dayOfWeek", "Day of week", "weekday"]) {
      assert.deepEqual(places(`store_id,${day},${times}`), [0, 1, 2, 3]);
    }
  }
  for (const zone of ["timezone_str", "timezone", "time_zone", "Time Zone", "tz"]) {
    assert.deepEqual(places(`store_id,${zone}`), [0, 1]);
  }
});

Deno.test("of two columns with one meaning the earlier name counts, with a notice", () => {
  assert.deepEqual(places("state,store_id,timestamp,status,timestamp_utc"), [1, 3, 4]);
  assert.deepEqual(places("store_id,tz,time_zone,timezone"), [0, 3]);
  assert.deepEqual(notices("store_id,state,status,timestamp_utc"), [
    'column_passed_over: Several columns have one meaning: "status" was read, not "state"',
  ]);
});

Deno.test("a column that the user names counts as the one that is meant, before all others", () => {
  const found = (header: string, aliases: [ColumnName, string][]) =>
    findColumns(header.split(","), { aliases: new Map(aliases) }).found.map(({ name, isAlias }) => [name, isAlias]);
  assert.deepEqual(found("id,mood,seen_at", [["store_id", "id"], ["status", "mood"], ["timestamp_utc", "Seen At"]]), [
    ["id", true],
    ["mood", true],
    ["seen_at", true],
  ]);
  assert.deepEqual(found("store_id,status,timestamp_utc,seen_at", [["timestamp_utc", "seen_at"]])[2], [
    "seen_at",
    true,
  ]);
  assert.deepEqual(found("store_id,status,timestamp_utc", [["timestamp_utc", "seen_at"]])[2], ["timestamp_utc", false]);
});

function notices(header: string): string[] {
  return findColumns(header.split(",")).notices.map(({ code, message }) => `${code}: ${message}`);
}

Deno.test("a header of 300,000 names is searched once", () => {
  const names = ["store_id", "status", "timestamp_utc", ...Array.from({ length: 300_000 }, (_, index) => `x ${index}`)];
  assert.deepEqual(findColumns(names).found.map(({ index }) => index), [0, 1, 2]);
});
