import assert from "node:assert/strict";
import { clockChanges } from "../../src/domain/time/clock_change.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import { zoneOf } from "../support/runtime_rules.ts";
import { instant } from "../support/build.ts";

const MARCH_2023 = { start: instant("2023-03-01 00:00"), end: instant("2023-04-01 00:00") };

Deno.test("a clock change has its instant and its length", () => {
  assert.deepEqual(clockChanges(zoneOf("America/Chicago"), MARCH_2023), [
    { at: instant("2023-03-12 08:00"), by: HOUR },
  ]);
});

Deno.test("a month may have two changes, as Morocco's Ramadan, or none", () => {
  const april = { start: instant("2023-03-01 00:00"), end: instant("2023-05-01 00:00") };
  assert.deepEqual(clockChanges(zoneOf("Africa/Casablanca"), april).map(({ by }) => by / HOUR), [-1, 1]);
  assert.deepEqual(clockChanges(zoneOf("Asia/Kolkata"), MARCH_2023), []);
  assert.deepEqual(clockChanges(zoneOf("UTC"), MARCH_2023), []);
});
