/** A report's row as its classic windows show it: uptime and downtime of the last hour, day and week. */
import type { Interval, Micros } from "../../src/domain/time/interval.ts";
import type { Measures } from "../../src/domain/measures/measures.ts";
import type { Method } from "../../src/domain/method.ts";
import { NO_LABELS, ResultColumns } from "../../src/domain/measures/result.ts";
import { measurer } from "../../src/domain/measures/store_measures.ts";
import type { StoreFacts } from "../../src/domain/measures/store_time.ts";
import { DEFAULT_STALE_AFTER } from "../../src/domain/polls/stale_after.ts";
import { type Timeline, timeline } from "../../src/domain/timeline.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";
import { classicCsv } from "../../src/export/classic_csv.ts";
import { CLASSIC } from "./classic_windows.ts";

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
  return toRow(allMeasures(facts, { asOf, method }));
}

interface Parts {
  readonly asOf: Micros;
  readonly method: Method;
  readonly staleAfter?: Micros;
}

/** All measures of the classic windows, in their order. */
export function allMeasures(facts: StoreFacts, parts: Parts): Measures[] {
  return measurer({ staleAfter: DEFAULT_STALE_AFTER, ...parts, windows: CLASSIC })(facts);
}

/** The timeline of the classic windows, or of a span. */
export function layOut(facts: StoreFacts, { span, ...parts }: Parts & { span?: Interval }): Timeline {
  const measuring = { staleAfter: DEFAULT_STALE_AFTER, ...parts, windows: CLASSIC };
  return timeline(facts, measuring, (all) => span ?? all);
}

/** Measures of which a test names only some; the others are 0. */
export function measuresWith(some: Partial<Measures>): Measures {
  return { ...NOTHING, scheduled: (some.up ?? 0) + (some.down ?? 0) + (some.unknown ?? 0), ...some };
}

/** For results of which a test does not ask for texts. */
export const NO_TEXTS = { timezone: "UTC", warnings: "", ...NO_LABELS };

const NOTHING: Measures = {
  scheduled: 0,
  excluded: 0,
  up: 0,
  down: 0,
  unknown: 0,
  observed: 0,
  up_low: 0,
  up_high: 0,
  outages: 0,
  longest_outage: 0,
};

/** One line of the classic CSV. */
export function csvRow(storeId: string, { hour, day, week }: ReportRow, precision: number): string {
  const result = new ResultColumns(CLASSIC_WINDOWS, 1);
  result.add(storeId, [hour, day, week].map(measuresWith), NO_TEXTS);
  return classicCsv(result, precision);
}
