import assert from "node:assert/strict";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { HOUR, SECOND } from "../../src/domain/time/interval.ts";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { axisWords } from "../../src/web/kit/method_words.ts";
import { exactLength, percent, roughLength } from "../../src/web/kit/numbers.ts";
import { localTime, utcTime } from "../../src/web/kit/time.tsx";
import { instant } from "../support/build.ts";
import { RULES } from "../support/rules.ts";

Deno.test("a percentage is rounded down: what is not all is never shown as all", () => {
  const shown = [[1, 0], [999_999, 1], [93_859, 6_141], [1, 999_999], [0, 1], [0, 0]].map(([up, down]) =>
    percent({ up, down }).replace("\u202f", "")
  );
  assert.deepEqual(shown, ["100.00%", "99.99%", "93.85%", "0.00%", "0.00%", "–"]);
  assert.equal(percent(undefined), "–");
});

Deno.test("a length is exact to the microsecond in sums, and rough elsewhere", () => {
  assert.equal(exactLength(12 * HOUR + 262.47922 * SECOND), "12:04:22.47922");
  assert.equal(exactLength(200 * HOUR), "200:00:00");
  assert.deepEqual([45, 90, 3_599, 7_500].map((seconds) => roughLength(seconds * SECOND)), [
    "45 s",
    "2 min",
    "1 h 00 min",
    "2 h 05 min",
  ]);
});

Deno.test("a time is a store's own, and one that clocks show twice names its offset", () => {
  assert.equal(
    localTime(instant("2023-01-25 18:13:22"), openTimezone("America/Chicago", RULES), "second"),
    "Wed 25 Jan, 12:13:22",
  );
  assert.equal(
    localTime(instant("2023-10-29 00:10"), openTimezone("Europe/Berlin", RULES)),
    "Sun 29 Oct, 02:10 (GMT+2)",
  );
  assert.equal(
    localTime(instant("2023-10-29 01:10"), openTimezone("Europe/Berlin", RULES)),
    "Sun 29 Oct, 02:10 (GMT+1)",
  );
  assert.equal(localTime(instant("2023-10-29 02:10"), openTimezone("Europe/Berlin", RULES)), "Sun 29 Oct, 03:10");
  assert.equal(utcTime(instant("18:13:22.47922")), "2023-01-25 18:13:22.47922 UTC");
});

Deno.test("a page says for how long a check counts under each method", () => {
  const reach = METHOD_NAMES.map((method) => [method, axisWords({ method, staleAfter: 1.5 * HOUR })[0]?.[1]]);
  assert.deepEqual(Object.fromEntries(reach), {
    step: "until the next check",
    nearest: "for 30 minutes before and after it",
    clock: "until the next check",
    "in-hours": "until the next check",
    observed: "until the next check, for 1 h 30 min at most",
  });
});
