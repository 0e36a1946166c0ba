import { scaled, unscaled } from "../decimal.ts";
import { HOUR } from "../time/interval.ts";

/** Digits of sales per hour after the point. */
const DIGITS = 6;

/** Lost sales, exact: microseconds of downtime × millionths of the sales of an hour. Sums are rounded once, when they are written. */
export type Loss = bigint;

/**
 * What a store did not sell while it was down.
 *
 * @param down microseconds
 * @param salesPerHour decimal digits, at most six after the point
 */
export function lossOf(down: number | bigint, salesPerHour: string): Loss {
  return BigInt(down) * scaled(salesPerHour, DIGITS);
}

/** What one hundredth of the currency is, as a loss. */
const HUNDREDTH = BigInt(HOUR) * 10n ** BigInt(DIGITS - 2);

/** A loss in hundredths of the currency of the sales, rounded half up. */
export function lossInHundredths(loss: Loss): bigint {
  return (2n * loss + HUNDREDTH) / (2n * HUNDREDTH);
}

/** Writes a loss in the currency of the sales, with two digits, rounded half up. */
export function formatLoss(loss: Loss): string {
  return unscaled(lossInHundredths(loss), 2);
}
