/** A report's row as its classic windows show it: uptime and downtime of the last hour, day and week. */
import type { Interval, Micros } from "../../src/domain/time/interval.ts";
import type { Measures } from "../../src/domain/measures/measures.ts";
import type { Method } from "../../src/domain/method.ts";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { type StoreFacts, storeMeasures } from "../../src/domain/measures/store_measures.ts";
import { type Timeline, timeline } from "../../src/domain/timeline.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window.ts";
import { classicCsv } from "../../src/export/classic_csv.ts";

interface UpAndDown {
  readonly up: Micros;
  readonly down: Micros;
}

export type ReportRow = Record<"hour" | "day" | "week", UpAndDown>;

/** From measures of the classic windows, in their order. */
export function toRow([hour, day, week]: readonly Measures[]): ReportRow {
  return { hour: toUpAndDown(hour), day: toUpAndDown(day), week: toUpAndDown(week) };
}

export function toUpAndDown({ up = NaN, down = NaN }: Partial<Measures> = {}): UpAndDown {
  return { up, down };
}

export function reportRow(facts: StoreFacts, asOf: Micros, method: Method): ReportRow {
  return toRow(storeMeasures(facts, { asOf, method, windows: CLASSIC_WINDOWS }));
}

/** The timeline of the classic windows, or of a span. */
export function layOut(facts: StoreFacts, parts: { asOf: Micros; method: Method; span?: Interval }): Timeline {
  const { asOf, method, span } = parts;
  return timeline(facts, { asOf, method, windows: CLASSIC_WINDOWS }, (all) => span ?? all);
}

/** One line of the classic CSV. */
export function csvRow(storeId: string, { hour, day, week }: ReportRow, precision: number): string {
  const result = new ResultColumns(CLASSIC_WINDOWS, 1);
  result.add(storeId, [hour, day, week].map((sums) => ({ scheduled: sums.up + sums.down, ...sums, unknown: 0 })));
  return classicCsv(result, precision);
}
