import { percentagesOf } from "./percentage.ts";
import type { Totals } from "./totals.ts";
import type { WindowName } from "../time/asked_window.ts";

/** Hundredths of a percent. Below, most of what a total says is not known. */
const LOW_COVERAGE = 5_000;

/** Whether less than half of some scheduled time was observed. Not known is not low. */
export function isLow(coverage: number | undefined): coverage is number {
  return coverage !== undefined && coverage < LOW_COVERAGE;
}

/** Whether at least half of some scheduled time was observed, so that its uptime can be compared. */
export function isEnough(coverage: number | undefined): boolean {
  return coverage !== undefined && !isLow(coverage);
}

/** A window of which most was not observed. */
export interface LowWindow {
  readonly window: WindowName;
  /** In hundredths of a percent. */
  readonly coverage: number;
}

/** The windows of which most was not observed, in their order. */
export function lowWindows(totals: Totals): LowWindow[] {
  return totals.flatMap(({ window, sums }) => {
    const { coverage } = percentagesOf(sums);
    return isLow(coverage) ? [{ window, coverage }] : [];
  });
}
