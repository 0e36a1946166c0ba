import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { everyDay, hours, poll, rowOf } from "../support/build.ts";

Deno.test("R35: step is the method if none is named", () => {
  assert.equal(DEFAULT_REQUEST.method, "step");
});

Deno.test("R36: a poll speaks until the next one", () => {
  const polls = [poll("10:00", "inactive"), poll("11:15", "active"), poll("11:40", "inactive")];
  // 11:00 to 11:15 down, 11:15 to 11:40 up, 11:40 to 12:00 down
  assert.deepEqual(rowOf({ polls }, "12:00").hour, { up: 25 * MINUTE, down: 35 * MINUTE });
});

Deno.test("R36: the last poll speaks until as-of, however old it is", () => {
  assert.deepEqual(rowOf({ polls: [poll("2020-02-29 09:00", "inactive")] }, "12:00"), {
    hour: { up: 0, down: HOUR },
    day: { up: 0, down: 24 * HOUR },
    week: { up: 0, down: 168 * HOUR },
  });
});

Deno.test("R36: a day without polls has the state of the poll before it, not 100 % uptime", () => {
  const polls = [poll("2023-01-24 11:00", "inactive")];
  assert.deepEqual(rowOf({ polls }, "12:00").day, { up: 0, down: 24 * HOUR });
});

Deno.test("R36: a poll outside of openings tells the state at the next opening", () => {
  const polls = [poll("2023-01-24 16:00", "active"), poll("03:00", "inactive")];
  // Yesterday 12:00 to 17:00 up, today 09:00 to 12:00 down
  assert.deepEqual(rowOf({ hours: everyDay("09:00", "17:00"), polls }, "12:00").day, { up: 5 * HOUR, down: 3 * HOUR });
});

Deno.test("R36: polls speak for time, not for a number of minutes each", () => {
  const often = Array.from({ length: 60 }, (_, minute) => poll(`11:${String(minute).padStart(2, "0")}`, "inactive"));
  assert.deepEqual(rowOf({ polls: often }, "12:00").hour, { up: 0, down: HOUR });
  assert.deepEqual(rowOf({ polls: often.slice(0, 1) }, "12:00").hour, { up: 0, down: HOUR });
});

Deno.test("R36: a poll at the start of a window or of an opening speaks from there on", () => {
  const polls = [poll("08:00", "active"), poll("11:00", "inactive")];
  assert.deepEqual(rowOf({ polls }, "12:00").hour, { up: 0, down: HOUR });
  assert.deepEqual(rowOf({ polls, hours: everyDay("11:00", "17:00") }, "12:00").hour, { up: 0, down: HOUR });
});

Deno.test("R37: the time before a store's first poll is uptime", () => {
  // 11:00 to 11:50 nothing is known, 11:50 to 12:00 down
  assert.deepEqual(rowOf({ polls: [poll("11:50", "inactive")] }, "12:00").hour, { up: 50 * MINUTE, down: 10 * MINUTE });
});

Deno.test("R37: a store without polls is up whenever it is open", () => {
  assert.deepEqual(rowOf({ hours: everyDay("09:00", "17:00") }, "12:00").week, { up: 56 * HOUR, down: 0 });
});

Deno.test("R41: closed time is neither uptime nor downtime", () => {
  const rows = [hours("Wednesday", "09:00", "10:00")];
  const polls = [poll("09:30", "inactive")];
  // 09:00 to 09:30 up, 09:30 to 10:00 down, nothing after that
  const half = { up: 30 * MINUTE, down: 30 * MINUTE };
  assert.deepEqual(rowOf({ hours: rows, polls }, "12:00"), { hour: { up: 0, down: 0 }, day: half, week: half });
});

Deno.test("R41: a state lasts over the closed time between two openings", () => {
  const rows = [hours("Wednesday", "09:00", "10:00"), hours("Wednesday", "11:00", "12:00")];
  const polls = [poll("09:30", "inactive"), poll("10:30", "active"), poll("10:40", "inactive")];
  // 09:00 to 09:30 up, then down: the poll of 10:30 is over before the store opens again
  assert.deepEqual(rowOf({ hours: rows, polls }, "12:00").day, { up: 30 * MINUTE, down: 90 * MINUTE });
});
