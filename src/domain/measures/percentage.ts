import type { Measure } from "./measures.ts";

/** Two lengths of time, in microseconds: a store's, or the sums of many stores. */
export interface UpAndDown {
  readonly up?: number | bigint | undefined;
  readonly down?: number | bigint | undefined;
}

/**
 * Uptime in hundredths of a percent, rounded down from the exact value: 10,000 only where there was no downtime at all.
 *
 * @returns undefined if there is neither uptime nor downtime
 */
export function uptimePercentage({ up = 0, down = 0 }: UpAndDown): number | undefined {
  return hundredths(up, plus(up, down));
}

function plus(a: number | bigint, b: number | bigint): number | bigint {
  return typeof a === "number" && typeof b === "number" ? a + b : BigInt(a) + BigInt(b);
}

/** A store's measures, or the sums of many stores. Old reports do not have all of them. */
export type Measured = Readonly<Partial<Record<Measure, number | bigint | undefined>>>;

/** How much of a window was up, between which bounds the truth lies, and how much was observed: hundredths of a percent. */
export interface Percentages {
  readonly uptime: number | undefined;
  readonly low: number | undefined;
  /** Rounded up, so that the truth is never beyond it. The others are rounded down. */
  readonly high: number | undefined;
  readonly coverage: number | undefined;
}

/** Each is undefined if what it is a part of is nothing, or not known. */
export function percentagesOf(measures: Measured): Percentages {
  const { scheduled, up_low, up_high, observed } = measures;
  const rest = scheduled === undefined || up_high === undefined ? undefined : plus(scheduled, -up_high);
  const belowHigh = hundredths(rest, scheduled);
  return {
    uptime: measures.up === undefined || measures.down === undefined ? undefined : uptimePercentage(measures),
    low: hundredths(up_low, scheduled),
    high: belowHigh === undefined ? undefined : HUNDREDTHS - belowHigh,
    coverage: hundredths(observed, scheduled),
  };
}

/** 100 % */
const HUNDREDTHS = 10_000;

/** A part of a whole, rounded down. */
function hundredths(part: number | bigint | undefined, whole: number | bigint | undefined): number | undefined {
  if (part === undefined || whole === undefined || Number(whole) === 0) return undefined;
  if (typeof part === "number" && typeof whole === "number" && Number.isSafeInteger(part * HUNDREDTHS)) {
    // A quotient of doubles could be rounded up to a whole number. Without the rest, the division is exact.
    return (part * HUNDREDTHS - (part * HUNDREDTHS) % whole) / whole;
  }
  return Number(BigInt(part) * BigInt(HUNDREDTHS) / BigInt(whole));
}

/** Uptime as a share of what was judged, 0 to 1; undefined if nothing was. For drawing and sorting, not for printing. */
export function uptimeRatio({ up = 0, down = 0 }: UpAndDown): number | undefined {
  const judged = Number(up) + Number(down);
  return judged === 0 ? undefined : Number(up) / judged;
}

/** Writes hundredths of a percent with one or two digits, rounded down: `93.8`. */
export function formatPercentage(hundredths: number, digits: 1 | 2 = 2): string {
  return shown(Math.floor(hundredths * 10 ** digits / 100), digits);
}

/** Writes an upper bound in hundredths of a percent, rounded up. */
export function formatUpperBound(hundredths: number, digits: 1 | 2 = 2): string {
  return shown(Math.ceil(hundredths * 10 ** digits / 100), digits);
}

/** @param parts a percentage in tenths or hundredths, as `digits` says */
function shown(parts: number, digits: 1 | 2): string {
  const scale = 10 ** digits;
  return `${Math.floor(parts / scale)}.${String(parts % scale).padStart(digits, "0")}`;
}
