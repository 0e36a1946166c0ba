/** The measures of any windows: held against the exact reference, and against each other. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { METHODS } from "../../src/domain/method.ts";
import { MEASURES, type Measures } from "../../src/domain/measures/measures.ts";
import { percentagesOf } from "../../src/domain/measures/percentage.ts";
import { measurer } from "../../src/domain/measures/store_measures.ts";
import { DEFAULT_STALE_AFTER } from "../../src/domain/polls/stale_after.ts";
import { measuredWindows, type Measuring } from "../../src/domain/report_request.ts";
import { DAY } from "../../src/domain/time/interval.ts";
import { askedWindows } from "../../src/domain/time/parse_window.ts";
import { windowFaults } from "../../src/domain/time/window_list.ts";
import { instant, poll, store as facts, type StoreParts } from "../support/build.ts";
import { zoneOf } from "../support/runtime_rules.ts";
import { slowWindow } from "../support/slow_windows.ts";
import { anyMethod, length, MICROSECOND } from "./arbitraries.ts";
import { datedStore } from "./calendar_arbitraries.ts";
import { exactMeasuresIn } from "./exact_reference.ts";
import { windowNear } from "./window_arbitraries.ts";

/** A store with a calendar near a clock change, and some windows that can be asked for. */
const storeAndWindows = datedStore(MICROSECOND).chain((world) =>
  fc.uniqueArray(windowNear(world.asOf), { minLength: 1, maxLength: 4 })
    .filter((names) => windowFaults(names).length === 0)
    .chain((names) =>
      fc.constantFrom(undefined, "previous" as const)
        .map((compare) => ({ ...world, names: measuredWindows({ windows: names, compare }) }))
    )
);

const calendar = fc.option(fc.constantFrom("Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "UTC"), {
  nil: undefined,
});

Deno.test("R74, R79: every measure of any windows, and of those before them, is exact to the microsecond, by each store's calendar or one for all", () => {
  fc.assert(
    fc.property(storeAndWindows, anyMethod, calendar, ({ store, names, ...question }, method, zone) => {
      const measuring = {
        ...question,
        method,
        windows: askedWindows(names),
        calendar: zone === undefined ? zone : zoneOf(zone),
      };
      const moment = {
        asOf: question.asOf,
        endsAtFullHour: method.windowsEnd === "full hour",
        zone: zone ?? store.zone,
      };
      const windows = names.map((name) => slowWindow(name, moment));
      assert.deepEqual(
        measurer(measuring)(facts(store)),
        exactMeasuresIn(store, { ...question, method }, windows),
      );
    }),
    { numRuns: 200 },
  );
});

/** Measures that add up over windows which follow one another. Outages do not: one that spans two windows counts in both. */
const ADDITIVE = MEASURES.filter((measure) => measure !== "outages" && measure !== "longest_outage");

function assertAddUp(parts: readonly Measures[], whole: Measures | undefined): void {
  for (const measure of ADDITIVE) {
    assert.equal(parts.reduce((sum, part) => sum + part[measure], 0), whole?.[measure], measure);
  }
  const longest = Math.max(...parts.map(({ longest_outage }) => longest_outage));
  assert.ok(longest <= (whole?.longest_outage ?? NaN), "the longest outage of a part lies within one of the whole");
}

Deno.test("R74: windows that follow one another add up to the window that joins them", () => {
  const world = fc.tuple(datedStore(MICROSECOND), fc.array(length(-9 * DAY, 0, MICROSECOND), { minLength: 3 }));
  fc.assert(
    fc.property(world, anyMethod, ([{ store, ...question }, offsets], method) => {
      const cuts = [...new Set(offsets)].sort((a, b) => a - b).map((offset) => question.asOf + offset);
      const spans = cuts.slice(1).map((end, index) => ({ start: cuts[index] ?? end, end }));
      const whole = { start: cuts[0] ?? 0, end: cuts.at(-1) ?? 0 };
      const windows = [...spans, whole].map((span, index) => ({ name: `${index}`, kind: "fixed" as const, ...span }));
      const measured = measurer({ ...question, method, windows })(facts(store));
      assertAddUp(measured.slice(0, -1), measured.at(-1));
    }),
    { numRuns: 300 },
  );
});

Deno.test("R74: the dates of a month add up to the month, wherever its clocks change, and some skip a date", () => {
  for (
    const [zone, month, asOf] of [
      ["America/Chicago", "2023-03", "2023-05-01 00:00"],
      ["America/Chicago", "2023-11", "2023-11-20 12:34:56.789"],
      ["Pacific/Apia", "2011-12", "2012-02-01 00:00"],
      ["America/St_Johns", "2006-10", "2006-11-20 00:00"],
      ["America/Sao_Paulo", "2018-11", "2018-12-20 00:00"],
      ["Africa/Casablanca", "2023-03", "2023-05-01 00:00"],
    ] as const
  ) {
    const [year, number] = month.split("-").map(Number);
    const days = new Date(Date.UTC(year ?? 0, number ?? 0, 0)).getUTCDate();
    const dates = Array.from({ length: days }, (_, day) => `${month}-${String(day + 1).padStart(2, "0")}`);
    const polls = dates.map((date, day) => poll(`${date} 07:00:00.123456`, day % 3 === 0 ? "inactive" : "active"));
    const hours = [0, 1, 2, 3, 5].map((day) => ({ day, start: 22 * 3_600_000_000, end: 5 * 3_600_000_000 }));
    const windows = askedWindows([...dates, month]);
    for (const method of Object.values(METHODS)) {
      const measuring = { asOf: instant(asOf), method, staleAfter: DEFAULT_STALE_AFTER, windows };
      const measured = measurer(measuring)(facts({ zone, hours, polls }));
      assertAddUp(measured.slice(0, -1), measured.at(-1));
      assert.ok((measured.at(-1)?.scheduled ?? 0) > 0);
    }
  }
});

function measured(names: readonly string[], parts: Partial<StoreParts>, changes: Partial<Measuring> = {}): Measures[] {
  const asOf = instant("2023-01-25 12:00");
  const measuring = { asOf, method: METHODS.step, staleAfter: DEFAULT_STALE_AFTER, windows: askedWindows(names) };
  return measurer({ ...measuring, ...changes })(facts(parts));
}

Deno.test("R73: an empty window measures nothing and has no percentages, by any method, beside windows that do", () => {
  for (const method of Object.values(METHODS)) {
    const names = ["2023-02", "last_day", "2023-01-26"];
    const [later, day, tomorrow] = measured(names, { polls: [poll("09:00", "inactive")] }, { method });
    for (const empty of [later, tomorrow]) {
      assert.deepEqual(new Set(Object.values(empty ?? {})), new Set([0]));
      assert.deepEqual(new Set(Object.values(percentagesOf(empty ?? {}))), new Set([undefined]));
    }
    assert.ok((day?.scheduled ?? 0) === DAY, "the window beside them is measured");
  }
});

Deno.test("R75: a poll after a window's end counts for it, as far as the method lets it", () => {
  const parts = { polls: [poll("2023-01-24 23:00", "active"), poll("00:10", "active")] };
  const [nearest] = measured(["yesterday"], parts, { method: METHODS.nearest });
  // 22:30 to 23:30 by the first poll, 23:40 to 24:00 by the second one.
  assert.equal(nearest?.up, 80 * 60_000_000);
  const [step] = measured(["yesterday"], parts);
  assert.equal(step?.up_low, 60 * 60_000_000, "the last hour is certain: the next poll agrees");
  const [blind] = measured(["yesterday"], parts, { asOf: instant("00:05") });
  assert.equal(blind?.up_low, 0, "a poll after as-of is as if it did not exist");
});
