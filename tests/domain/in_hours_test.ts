import assert from "node:assert/strict";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { METHODS } from "../../src/domain/method.ts";
import { reportRow } from "../support/row.ts";
import { everyDay, hours, instant, poll, rowOf, store } from "../support/build.ts";

const NINE_TO_FIVE = everyDay("09:00", "17:00");

Deno.test("R44: a poll outside openings is not used", () => {
  const polls = [poll("2023-01-24 16:00", "inactive"), poll("03:00", "active")];
  // Yesterday 16:00 tells the state: 12:00 to 16:00 was unobserved, so up; then an hour, and today three hours, down
  assert.deepEqual(rowOf({ hours: NINE_TO_FIVE, polls }, "12:00", "in-hours").day, { up: 4 * HOUR, down: 4 * HOUR });
  assert.deepEqual(rowOf({ hours: NINE_TO_FIVE, polls }, "12:00", "step").day, { up: 7 * HOUR, down: HOUR });
});

Deno.test("R44: a store with polls outside of openings only is up", () => {
  const polls = [poll("03:00", "inactive"), poll("08:59:59.999999", "inactive")];
  assert.deepEqual(rowOf({ hours: NINE_TO_FIVE, polls }, "12:00", "in-hours").day, { up: 8 * HOUR, down: 0 });
});

Deno.test("R44: a poll at the start of an opening is inside it, one at its end is not", () => {
  const start = rowOf({ hours: NINE_TO_FIVE, polls: [poll("09:00", "inactive")] }, "12:00", "in-hours");
  assert.deepEqual(start.hour, { up: 0, down: HOUR });
  const end = rowOf({ hours: NINE_TO_FIVE, polls: [poll("2023-01-24 17:00", "inactive")] }, "12:00", "in-hours");
  assert.deepEqual(end.hour, { up: HOUR, down: 0 });
});

Deno.test("R44: a poll in an opening of long before the week tells the state", () => {
  const polls = [poll("2022-06-01 10:00", "inactive"), poll("2022-06-01 20:00", "active")];
  assert.deepEqual(rowOf({ hours: NINE_TO_FIVE, polls }, "12:00", "in-hours").week, { up: 0, down: 56 * HOUR });
});

Deno.test("R44: whether a poll is inside is a matter of local time", () => {
  // Chicago is at UTC-6: 14:30 is 08:30 there, 15:30 is 09:30.
  const rows = [hours("Wednesday", "09:00", "17:00")];
  const early = rowOf(
    { zone: "America/Chicago", hours: rows, polls: [poll("14:30", "inactive")] },
    "16:00",
    "in-hours",
  );
  assert.deepEqual(early.hour, { up: HOUR, down: 0 });
  const inside = rowOf(
    { zone: "America/Chicago", hours: rows, polls: [poll("15:30", "inactive")] },
    "16:00",
    "in-hours",
  );
  assert.deepEqual(inside.hour, { up: 30 * MINUTE, down: 30 * MINUTE });
});

Deno.test("R44: of an always open store every poll is inside, one at as-of too", () => {
  const polls = [poll("11:30", "inactive"), poll("12:00", "active")];
  assert.deepEqual(rowOf({ polls }, "12:00", "in-hours").hour, { up: 30 * MINUTE, down: 30 * MINUTE });
});

Deno.test("R44: a poll of long ago costs a few dates, not every date since", () => {
  const facts = store({ hours: NINE_TO_FIVE, polls: [poll("1970-01-05 10:00", "inactive"), poll("10:00", "active")] });
  let asked = 0;
  const timezone = {
    ...facts.rules.timezone,
    instantOf: (date: number, time: number) => (asked++, facts.rules.timezone.instantOf(date, time)),
  };
  reportRow({ ...facts, rules: { ...facts.rules, timezone } }, instant("12:00"), METHODS["in-hours"]);
  assert.ok(asked < 100, `${asked} conversions`);
});
