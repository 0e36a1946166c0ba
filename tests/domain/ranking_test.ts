import assert from "node:assert/strict";
import { mostDowntime, silentRows } from "../../src/domain/measures/ranking.ts";
import { type Result, ResultColumns } from "../../src/domain/measures/result.ts";
import { DAY, HOUR } from "../../src/domain/time/interval.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";

/** A store with an hour down in day and week. */
interface Store {
  readonly id: string;
  /** Hours that were scheduled and observed. */
  readonly day: readonly [number, number];
  readonly week: readonly [number, number];
  readonly pollAge?: number;
}

function resultOf(stores: readonly Store[]): Result {
  const result = new ResultColumns(["last_day", "last_week"], stores.length);
  for (const { id, day, week, ...rest } of stores) {
    const measures = [day, week].map(([scheduled, observed]) =>
      measuresWith({ scheduled: scheduled * HOUR, observed: observed * HOUR, down: HOUR })
    );
    result.add(id, measures, { ...NO_TEXTS, ...rest });
  }
  return result;
}

function ids(result: Result, rows: readonly number[]): string[] {
  return rows.map((row) => result.storeIds[row] ?? "");
}

const STORES = resultOf([
  { id: "closed today", day: [0, 0], week: [40, 30], pollAge: 2 * DAY },
  { id: "in closed time only", day: [8, 0], week: [56, 0], pollAge: HOUR },
  { id: "in closed time long ago, closed today", day: [0, 0], week: [48, 0], pollAge: 2 * DAY },
  { id: "just in time", day: [24, 0], week: [168, 2], pollAge: DAY },
  { id: "never", day: [24, 0], week: [168, 0], pollAge: Infinity },
  { id: "seen", day: [24, 20], week: [168, 150], pollAge: HOUR },
  { id: "silent", day: [24, 1], week: [168, 2], pollAge: DAY + 1 },
  { id: "silent for long", day: [24, 0], week: [168, 2], pollAge: 3 * DAY },
]);

Deno.test("R77: a store is silent if nobody saw it in any window, or if it has no poll for more than a day in which it was open", () => {
  assert.deepEqual(ids(STORES, silentRows(STORES)), [
    "never",
    "silent for long",
    "in closed time long ago, closed today",
    "silent",
  ]);
});

Deno.test("silent stores are not among the worst", () => {
  const worst = ids(STORES, mostDowntime(STORES, "last_week", 9));
  assert.deepEqual(worst, ["closed today", "in closed time only", "just in time", "seen"]);
});

Deno.test("a store that was closed all the time is not silent: there was nothing to see", () => {
  assert.deepEqual(silentRows(resultOf([{ id: "closed", day: [0, 0], week: [0, 0], pollAge: Infinity }])), []);
});

Deno.test("of a report that does not know the age of polls, only stores that were never seen are silent", () => {
  const old = resultOf([{ id: "a", day: [24, 0], week: [168, 2] }, { id: "b", day: [24, 0], week: [168, 0] }]);
  assert.deepEqual(ids(old, silentRows(old)), ["b"]);
});

Deno.test("of a report that does not know what was observed, nothing is silent", () => {
  const csv: Result = {
    windows: STORES.windows,
    storeIds: STORES.storeIds,
    pollAge: undefined,
    text: () => undefined,
    ends: () => undefined,
    column: (window, measure) => measure === "down" ? STORES.column(window, measure) : undefined,
  };
  assert.deepEqual(silentRows(csv), []);
  assert.equal(mostDowntime(csv, "last_week", 9).length, 8);
});
