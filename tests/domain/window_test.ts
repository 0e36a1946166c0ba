import assert from "node:assert/strict";
import { METHODS } from "../../src/domain/method.ts";
import { CLASSIC_WINDOWS, windowsBefore } from "../../src/domain/time/window.ts";
import { instant, text } from "../support/build.ts";

function starts(asOf: string, method: keyof typeof METHODS): string[] {
  const windows = windowsBefore(CLASSIC_WINDOWS, instant(asOf), METHODS[method]);
  const [end] = windows.map(({ end }) => end);
  assert.ok(end !== undefined && windows.every((window) => window.end === end));
  return windows.toReversed().map(({ start }) => text(start)).concat(text(end));
}

Deno.test("R19: windows are 168 hours, 24 hours and 1 hour, and end at as-of to the microsecond", () => {
  assert.deepEqual(starts("12:34:56.789012", "step"), [
    "2023-01-18 12:34:56.789012",
    "2023-01-24 12:34:56.789012",
    "2023-01-25 11:34:56.789012",
    "2023-01-25 12:34:56.789012",
  ]);
});

Deno.test("R43: under clock they end at the full hour at or before as-of", () => {
  const expected = ["2023-01-18 12:00", "2023-01-24 12:00", "2023-01-25 11:00", "2023-01-25 12:00"];
  assert.deepEqual(starts("12:34:56.789012", "clock"), expected);
  assert.deepEqual(starts("12:00", "clock"), expected);
});

Deno.test("R43: the full hour before an instant before 1970 is before it as well", () => {
  assert.deepEqual(starts("1969-12-31 23:30", "clock").at(-1), "1969-12-31 23:00");
});
