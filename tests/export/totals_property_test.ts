/** Rows, groups and totals of random worlds, held against an independent reference to the last digit. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "csv-parse/sync";
import { rowsCsv } from "../../src/export/rows_csv.ts";
import { rowsNdjson } from "../../src/export/rows_ndjson.ts";
import { totalsCsv } from "../../src/export/totals_csv.ts";
import { totalsNdjson } from "../../src/export/totals_ndjson.ts";
import {
  slowBudget,
  slowCells,
  slowGroups,
  slowLostSales,
  type SlowStore,
  slowSums,
  slowTarget,
} from "../support/slow_totals.ts";
import { reportOf, slowStores, world } from "./random_world.ts";

/** All lines of totals, as the group's values, the place of the window, and the stores. */
function slowLines(windows: readonly SlowStore[][], keys: readonly string[]) {
  const all = windows.map((stores) => ({ values: undefined, stores }));
  const groups = keys.length === 0 ? [] : slowGroups(windows[0] ?? [], keys).flatMap(({ values, members }) => {
    const places = members.map((member) => windows[0]?.indexOf(member) ?? -1);
    return windows.map((stores) => ({ values, stores: stores.filter((_, index) => places.includes(index)) }));
  });
  return [...all, ...groups];
}

/** Spreadsheets would run a value that begins like a formula. */
function cellOf(value: string | undefined): string {
  return value?.startsWith("=") ? `'${value}` : value ?? "";
}

/** Members of a line of JSON that sums decide. */
function exactOf(stores: readonly SlowStore[]): Record<string, unknown> {
  const sums = slowSums(stores);
  const lost = slowLostSales(stores);
  const shared = slowTarget(stores);
  return {
    ...Object.fromEntries(
      Object.entries(sums).map(([name, sum]) => [name === "outages" ? name : `${name}_us`, Number(sum)]),
    ),
    target_percent: shared === undefined ? null : Number(shared),
    budget_us: numberOf(slowBudget(stores)),
    lost_sales: lost === undefined ? null : Number(lost),
  };
}

function numberOf(value: bigint | undefined): number | null {
  return value === undefined ? null : Number(value);
}

function linesOf(pieces: Iterable<string>): Record<string, unknown>[] {
  return [...pieces].join("").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

function pick(line: Record<string, unknown> | undefined, like: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(like).map((name) => [name, line?.[name]]));
}

Deno.test("R81, R82, R83: rows, groups and totals are those of an independent reference, to the last digit", () => {
  fc.assert(
    fc.property(world, (world) => {
      const report = reportOf(world);
      const windows = slowStores(world);
      const { precision, groupBy } = world;

      const rows = windows[0]?.flatMap((_, store) => windows.map((stores) => stores.slice(store, store + 1))) ?? [];
      const rowCells: string[][] = parse([...rowsCsv(report)].join("")).slice(1);
      assert.deepEqual(rowCells.map((cells) => cells.slice(6, 21)), rows.map((stores) => slowCells(stores, precision)));
      const rowLines = linesOf(rowsNdjson(report));
      for (const [index, stores] of rows.entries()) {
        assert.deepEqual(pick(rowLines[index], exactOf(stores)), exactOf(stores));
      }

      const totals = slowLines(windows, groupBy);
      const names = report.result.windows;
      const totalCells: string[][] = parse([...totalsCsv(report)].join("")).slice(1);
      assert.deepEqual(
        totalCells,
        totals.map(({ values, stores }, index) => [
          values === undefined ? "*" : "",
          ...groupBy.map((_, key) => cellOf(values?.[key])),
          names[index % names.length],
          String(stores.length),
          ...slowCells(stores, precision),
        ]),
      );
      const totalLines = linesOf(totalsNdjson(report));
      assert.equal(totalLines.length, totals.length);
      for (const [index, { values, stores }] of totals.entries()) {
        const line = totalLines[index];
        const group = values === undefined
          ? "*"
          : Object.fromEntries(groupBy.map((key, place) => [key, values[place] ?? null]));
        assert.deepEqual([line?.group, line?.window, line?.stores], [
          group,
          names[index % names.length],
          stores.length,
        ]);
        if (stores.length > 0) assert.deepEqual(pick(line, exactOf(stores)), exactOf(stores));
      }
    }),
    { numRuns: 60 },
  );
});

const SUMS = [
  "scheduled_us",
  "excluded_us",
  "up_us",
  "down_us",
  "unknown_us",
  "observed_us",
  "up_low_us",
  "up_high_us",
  "outages",
];

function addUp(lines: readonly Record<string, unknown>[]): Record<string, number> {
  return Object.fromEntries(SUMS.map((name) => [name, lines.reduce((sum, line) => sum + Number(line[name]), 0)]));
}

Deno.test("R82: rows add up to groups, and groups to the total, in microseconds", () => {
  fc.assert(
    fc.property(world, (world) => {
      const report = { ...reportOf(world), groupBy: ["region", "brand"] };
      const [rows, totals] = [linesOf(rowsNdjson(report)), linesOf(totalsNdjson(report))];
      for (const window of report.result.windows) {
        const ofWindow = (line: Record<string, unknown>) => line.window === window;
        const [all, ...groups] = totals.filter(ofWindow);
        assert.deepEqual(addUp(groups), pick(all, addUp(groups)));
        assert.deepEqual(addUp(rows.filter(ofWindow)), pick(all, addUp([])));
        for (const { group, ...sums } of groups) {
          const { region = null, brand = null } = group as Record<string, unknown>;
          const members = rows.filter(ofWindow).filter(({ tags }) => {
            const own = tags as Record<string, unknown>;
            return (own.region ?? null) === region && (own.brand ?? null) === brand;
          });
          assert.equal(members.length, sums.stores);
          assert.deepEqual(addUp(members), pick(sums, addUp([])));
        }
      }
    }),
    { numRuns: 60 },
  );
});
