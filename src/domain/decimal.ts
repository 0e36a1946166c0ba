import type { Micros } from "./time/interval.ts";

/**
 * Writes a length of time as a decimal number of units, rounded half up from the exact value.
 * The whole and the fractional part are computed apart, so that each stays below 2^53 and no digit is lost.
 *
 * @param length microseconds, ≥ 0
 * @param unit microseconds, at most an hour
 * @param precision digits after the point, 0 to 6
 * @example decimal(90 * MINUTE, HOUR, 2) // "1.50"
 */
export function decimal(length: Micros, unit: Micros, precision: number): string {
  const scale = 10 ** precision;
  const rest = length % unit;
  let whole = (length - rest) / unit;
  let fraction = Math.floor((rest * scale + unit / 2) / unit);
  if (fraction === scale) {
    whole += 1;
    fraction = 0;
  }
  if (precision === 0) return `${whole}`;
  return `${whole}.${HUNDREDTHS[precision === 2 ? fraction : -1] ?? String(fraction).padStart(precision, "0")}`;
}

/** For the usual precision: a report has six of them a store. */
const HUNDREDTHS = Array.from({ length: 100 }, (_, fraction) => String(fraction).padStart(2, "0"));

/** The same of a sum of many lengths, which a double may not hold. */
export function decimalOfSum(sum: bigint, unit: Micros, precision: number): string {
  const scaled = (sum * 10n ** BigInt(precision) * 2n + BigInt(unit)) / (BigInt(unit) * 2n);
  const digits = String(scaled).padStart(precision + 1, "0");
  const whole = digits.length - precision;
  return precision === 0 ? digits : `${digits.slice(0, whole)}.${digits.slice(whole)}`;
}
