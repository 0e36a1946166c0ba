import assert from "node:assert/strict";
import { HOUR } from "../../../src/domain/time/interval.ts";
import { isClosed, openingsOf } from "../../../src/ingest/values/opening.ts";
import { Unreadable } from "../../../src/ingest/values/value.ts";

function openings(day: number, start: number, end: number): string[] | string {
  const found = openingsOf(day, start * HOUR, end * HOUR);
  return found instanceof Unreadable ? found.code : found.map(({ day, start, end }) => `${day} ${start}-${end}`);
}

Deno.test("R7, R23: times up to 24:00 stay as they are", () => {
  assert.deepEqual(openings(0, 9, 17), ["0 09:00:00-17:00:00"]);
  assert.deepEqual(openings(0, 0, 24), ["0 00:00:00-24:00:00"]);
  assert.deepEqual(openings(0, 22, 6), ["0 22:00:00-06:00:00"]);
  assert.deepEqual(openings(0, 9, 9), ["0 09:00:00-09:00:00"]);
});

Deno.test("an end after 24:00 is on the next day", () => {
  assert.deepEqual(openings(4, 20, 26), ["4 20:00:00-02:00:00"]);
  assert.deepEqual(openings(4, 10, 34), ["4 10:00:00-10:00:00"], "a whole turn of the clock");
});

Deno.test("an opening longer than a day is two that touch", () => {
  assert.deepEqual(openings(6, 9, 34), ["6 09:00:00-09:00:00", "0 09:00:00-10:00:00"]);
});

Deno.test("a start of 24:00 or later is on the next weekday", () => {
  assert.deepEqual(openings(0, 24, 25.5), ["1 00:00:00-01:30:00"]);
  assert.deepEqual(openings(6, 25, 47), ["0 01:00:00-23:00:00"]);
});

Deno.test("an end at or before a start of 24:00 or later is refused", () => {
  for (const end of [24, 23, 25, 1]) assert.equal(openings(0, 25, end), "end_not_after_start");
  assert.equal(openings(0, 24, 24), "end_not_after_start");
});

Deno.test("a day is closed if both times are empty, or closed is the start and closed or nothing the end", () => {
  for (const [start, end] of [["", ""], ["closed", ""], ["Closed", "CLOSED"]] as const) assert.ok(isClosed(start, end));
  for (const [start, end] of [["", "closed"], ["09:00", ""], ["closed", "17:00"], ["", "17:00"]] as const) {
    assert.ok(!isClosed(start, end));
  }
});
