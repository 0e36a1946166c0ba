import type { Measures } from "../../src/domain/measures/measures.ts";
import { ResultColumns, type StoreTexts } from "../../src/domain/measures/result.ts";
import type { Window } from "../../src/domain/time/window.ts";
import type { ReportRows } from "../../src/export/rows.ts";
import { NO_TEXTS } from "./row.ts";

/** A store of a report that a test makes up: its id, its measures in each window, and what else is known of it. */
export type MadeUpStore = readonly [string, readonly Measures[], Partial<StoreTexts>?];

/** A report that a test makes up. */
export function reportRows(
  windows: readonly Window[],
  stores: readonly MadeUpStore[],
  changes: Partial<ReportRows> = {},
): ReportRows {
  const result = new ResultColumns(windows.map(({ name }) => name), stores.length);
  for (const [id, measures, texts] of stores) result.add(id, measures, { ...NO_TEXTS, ...texts });
  return { result, windows, precision: 2, warnings: [], targetPercent: undefined, groupBy: [], ...changes };
}
