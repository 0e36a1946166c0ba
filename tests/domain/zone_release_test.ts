import assert from "node:assert/strict";
import { isTooOld } from "../../src/domain/time/zone_release.ts";
import { instant } from "../support/build.ts";

Deno.test("rules are too old for a window that ends more than a year after their release", () => {
  assert.equal(isTooOld("2026f", instant("2027-10-28 00:00")), false);
  assert.equal(isTooOld("2026f", instant("2027-10-28 00:00:00.000001")), true);
  assert.equal(isTooOld("2025b", instant("2026-11-20 20:00")), true);
  assert.equal(isTooOld("2025b", instant("2023-01-25 00:00")), false);
});

Deno.test("an unknown release is taken to be as old as its letter allows, and a name that is not a release as new", () => {
  assert.equal(isTooOld("2031a", instant("2032-01-01 00:00")), false);
  assert.equal(isTooOld("2031a", instant("2032-01-01 00:01")), true);
  assert.equal(isTooOld("2031d", instant("2032-04-01 00:00")), false);
  assert.equal(isTooOld("2031d", instant("2032-04-01 00:01")), true);
  assert.equal(isTooOld("2031z", instant("2032-12-01 00:01")), true);
  assert.equal(isTooOld("ours", instant("2150-01-01 00:00")), false);
});
