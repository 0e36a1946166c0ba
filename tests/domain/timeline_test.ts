import assert from "node:assert/strict";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import { type MethodName, METHODS } from "../../src/domain/method.ts";
import { type Piece, sumOf } from "../../src/domain/piece.ts";
import { everyDay, instant, poll, store, type StoreParts, text } from "../support/build.ts";
import { layOut, reportRow, toRow, toUpAndDown } from "../support/row.ts";
import { anyMethod, MICROSECOND, storeAndAsOf } from "./arbitraries.ts";
import { datedStore } from "./calendar_arbitraries.ts";

Deno.test("the pieces of a window add up to the report's row, for any store and any method", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, ({ store: parts, asOf }, method) => {
      const facts = store(parts);
      assert.deepEqual(
        toRow(layOut(facts, { asOf, method }).windows.map(({ measures }) => measures)),
        reportRow(facts, asOf, method),
      );
    }),
    { numRuns: 1000 },
  );
});

Deno.test("pieces follow one another without a gap, from the span's start to its end", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, ({ store: parts, asOf }, method) => {
      const { pieces, span } = layOut(store(parts), { asOf, method });
      const ends = [span.start, ...pieces.map(({ end }) => end)];
      assert.deepEqual(pieces.map(({ start }) => start), ends.slice(0, -1));
      assert.equal(ends.at(-1), span.end);
    }),
    { numRuns: 300 },
  );
});

Deno.test("the outages of a week add up to its downtime", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, ({ store: parts, asOf }, method) => {
      const { outages, measures } = layOut(store(parts), { asOf, method });
      assert.equal(outages.reduce((total, { inOpenings }) => total + inOpenings, 0), measures.down);
    }),
    { numRuns: 300 },
  );
});

Deno.test("two spans that touch have the sums of both together", () => {
  fc.assert(
    fc.property(storeAndAsOf(MICROSECOND), anyMethod, fc.nat(168 * 60), ({ store: parts, asOf }, method, minutes) => {
      const facts = store(parts);
      const { span, measures } = layOut(facts, { asOf, method });
      const middle = span.start + minutes * MINUTE;
      const before = layOut(facts, { asOf, method, span: { start: span.start, end: middle } }).measures;
      const after = layOut(facts, { asOf, method, span: { start: middle, end: span.end } }).measures;
      assert.deepEqual({ up: before.up + after.up, down: before.down + after.down }, toUpAndDown(measures));
    }),
    { numRuns: 300 },
  );
});

Deno.test("with exclusions and special dates, pieces still add up to the measures, and outages to the downtime", () => {
  fc.assert(
    fc.property(datedStore(MICROSECOND), anyMethod, ({ store: parts, ...question }, method) => {
      const { pieces, measures, span, outages } = layOut(store(parts), { ...question, method });
      const { scheduled, up, down, unknown } = measures;
      assert.deepEqual(sumOf(pieces), { scheduled, up, down, unknown });
      const excluded = pieces.filter(({ state }) => state === "excluded");
      assert.equal(excluded.reduce((sum, { start, end }) => sum + end - start, 0), measures.excluded);
      assert.deepEqual(pieces.map(({ start }) => start), [span.start, ...pieces.map(({ end }) => end)].slice(0, -1));
      assert.equal(outages.reduce((total, { inOpenings }) => total + inOpenings, 0), down);
    }),
    { numRuns: 500 },
  );
});

const NINE_TO_FIVE: Partial<StoreParts> = {
  hours: everyDay("09:00", "17:00"),
  polls: [poll("10:00", "active"), poll("11:00", "inactive"), poll("12:00", "active"), poll("16:00", "inactive")],
};

function today(method: MethodName, parts: Partial<StoreParts> = NINE_TO_FIVE): string[] {
  const span = { start: instant("08:00"), end: instant("18:00") };
  return layOut(store(parts), { asOf: instant("18:00"), method: METHODS[method], span }).pieces.map(described);
}

function described({ start, end, state, countsAs, source }: Piece): string {
  const clock = (at: number) => text(at).slice(-5);
  return `${clock(start)}-${clock(end)} ${state} ${countsAs} ${source === undefined ? "-" : clock(source)}`;
}

Deno.test("under step, a piece names the poll that it comes from; what no poll tells counts as uptime", () => {
  assert.deepEqual(today("step"), [
    "08:00-09:00 closed neither -",
    "09:00-10:00 unobserved uptime -",
    "10:00-11:00 up uptime 10:00",
    "11:00-12:00 down downtime 11:00",
    "12:00-16:00 up uptime 12:00",
    "16:00-17:00 down downtime 16:00",
    "17:00-18:00 closed neither -",
  ]);
});

Deno.test("under nearest, a piece names the poll that it is nearest to, be it before or after", () => {
  assert.deepEqual(today("nearest"), [
    "08:00-09:00 closed neither -",
    "09:00-09:30 unobserved neither -",
    "09:30-10:30 up uptime 10:00",
    "10:30-11:30 down downtime 11:00",
    "11:30-12:30 up uptime 12:00",
    "12:30-15:30 unobserved neither -",
    "15:30-16:30 down downtime 16:00",
    "16:30-17:00 unobserved neither -",
    "17:00-18:00 closed neither -",
  ]);
});

Deno.test("under clock, closed time counts as uptime", () => {
  assert.equal(today("clock").at(0), "08:00-09:00 closed uptime -");
});

Deno.test("an outage over night is one, and only its business hours are lost", () => {
  const polls = [poll("16:00", "inactive"), poll("2023-01-26 10:00", "active")];
  const span = { start: instant("00:00"), end: instant("2023-01-26 12:00") };
  const { outages } = layOut(store({ hours: NINE_TO_FIVE.hours ?? [], polls }), {
    asOf: instant("2023-01-26 12:00"),
    method: METHODS.step,
    span,
  });
  assert.deepEqual(outages, [
    { start: instant("16:00"), end: instant("2023-01-26 10:00"), inOpenings: 2 * HOUR, ongoing: false },
  ]);
});

Deno.test("an outage without an end is ongoing, and closed time has no outage", () => {
  const polls = [poll("03:00", "inactive"), poll("04:00", "active"), poll("16:30", "inactive")];
  const asOf = instant("18:00");
  const { outages } = layOut(store({ hours: NINE_TO_FIVE.hours ?? [], polls }), { asOf, method: METHODS.step });
  assert.deepEqual(outages, [{ start: instant("16:30"), end: asOf, inOpenings: 30 * MINUTE, ongoing: true }]);
});

Deno.test("an outage has its true start, even long before the week", () => {
  const polls = [poll("2022-12-01 12:00", "inactive"), poll("2022-12-24 12:00", "inactive")];
  const { outages } = layOut(store({ polls }), { asOf: instant("12:00"), method: METHODS.step });
  assert.deepEqual(outages.map(({ start }) => text(start)), ["2022-12-01 12:00"]);
});
