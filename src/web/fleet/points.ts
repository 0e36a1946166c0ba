import { isEnough } from "../../domain/measures/coverage.ts";
import { percentagesOf, uptimeRatio } from "../../domain/measures/percentage.ts";
import type { WindowTotals } from "../../domain/measures/totals.ts";

type Sums = WindowTotals["sums"];

/**
 * By how many percentage points an uptime changed, to the nearest hundredth. The change of a share in percent would be another number.
 *
 * @returns undefined if there is nothing to compare with, or if less than half of either time was observed
 */
export function changeBetween(then: Sums | undefined, now: Sums): number | undefined {
  if (then === undefined || ![then, now].every((sums) => isEnough(percentagesOf(sums).coverage))) return undefined;
  const [before, after] = [uptimeRatio(then), uptimeRatio(now)];
  return before === undefined || after === undefined ? undefined : points(after - before);
}

/** A difference of shares of 0 to 1 in percentage points. */
export function points(difference: number): number {
  return Math.round(difference * 10_000) / 100;
}
