import { isEnough } from "../../domain/measures/coverage.ts";
import { type Measured, percentagesOf, type UpAndDown, uptimePercentage } from "../../domain/measures/percentage.ts";

/**
 * By how many percentage points an uptime changed. The change of a share in percent would be another number.
 *
 * @returns undefined if there is nothing to compare with, or if less than half of either time was observed
 */
export function changeBetween(then: Measured | undefined, now: Measured): number | undefined {
  if (then === undefined || ![then, now].every((sums) => isEnough(percentagesOf(sums).coverage))) return undefined;
  return pointsBetween(then, now);
}

/**
 * The difference of two uptimes in percentage points, of the percentages that pages show: 94.41 % after 94.40 % is 0.01, also if
 * the exact values are 0.004 apart. A reader who subtracts finds the same number.
 */
export function pointsBetween(then: UpAndDown, now: UpAndDown): number | undefined {
  const [before, after] = [uptimePercentage(then), uptimePercentage(now)];
  return before === undefined || after === undefined ? undefined : (after - before) / 100;
}
