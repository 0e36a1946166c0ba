import assert from "node:assert/strict";
import { findColumns } from "../../src/ingest/columns.ts";
import { InputError } from "../../src/ingest/input_error.ts";

function places(header: string, kind?: Parameters<typeof findColumns>[1]): number[] {
  return findColumns(header.split(","), kind).found.map(({ index }) => index);
}

function fails(header: string, message: RegExp, kind?: Parameters<typeof findColumns>[1]): void {
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

Deno.test("the kind of a file is told by its header", () => {
  const kind = (header: string) => findColumns(header.split(",")).kind;
  assert.equal(kind("store_id,status,timestamp_utc"), "polls");
  assert.equal(kind("store_id,day,start_time_local,end_time_local"), "hours");
  assert.equal(kind("store_id,timezone_str"), "timezones");
});

Deno.test("R10: a header that lacks a column is told what it has and what it needs", () => {
  fails("store_id,state,timestamp_utc", /polls.*needs.*status.*has "store_id", "state", "timestamp_utc"/, "polls");
  fails("store_id,start_time_local,end_time_local", /day or dayofweek or day_of_week/, "hours");
  fails("name,value", /no kind.*polls \(store_id, status, timestamp_utc\).*has "name", "value"/);
});

Deno.test("R2, R10: a column that is there twice fails the file; one that nobody reads may be", () => {
  fails("store_id,status,timestamp_utc,Status", /status is there twice/);
  fails("store_id,day,dayOfWeek,start_time_local,end_time_local", /day is there twice/);
  assert.deepEqual(places("store_id,,,status,timestamp_utc"), [0, 3, 4]);
});

Deno.test("a header that fits two kinds must be told which", () => {
  const header = "store_id,status,timestamp_utc,timezone_str";
  fails(header, /fits polls and timezones/);
  assert.deepEqual(places(header, "timezones"), [0, 3]);
});
