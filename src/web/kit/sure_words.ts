import { formatPercentage, formatUpperBound, type Measured, percentagesOf } from "../../domain/measures/percentage.ts";
import { THIN_SPACE } from "./numbers.ts";

/** What pages write of how sure an uptime is: one digit, rounded down, the upper bound up. */
export interface SureWords {
  /** `91.2` and `96.0`, without a sign. Undefined if nothing was scheduled, or if an old report does not know. */
  readonly low: string | undefined;
  readonly high: string | undefined;
  /** `64.0 %` */
  readonly observed: string | undefined;
}

export function sureWords(measures: Measured): SureWords {
  const { low, high, coverage } = percentagesOf(measures);
  return {
    low: low === undefined ? undefined : formatPercentage(low, 1),
    high: high === undefined ? undefined : formatUpperBound(high, 1),
    observed: coverage === undefined ? undefined : `${formatPercentage(coverage, 1)}${THIN_SPACE}%`,
  };
}

/** `between 91.2 and 96.0; observed 64.0 %`. Undefined if nothing is known of it. */
export function sureSentence(measures: Measured): string | undefined {
  const { low, high, observed } = sureWords(measures);
  const between = low === undefined || high === undefined ? [] : [`between ${low} and ${high}`];
  const parts = [...between, ...observed === undefined ? [] : [`observed ${observed}`]];
  return parts.length === 0 ? undefined : parts.join("; ");
}
