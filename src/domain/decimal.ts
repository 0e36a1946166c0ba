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

/** The same of a sum of many lengths, which a double may not hold, or of a budget, which may be negative: half away from zero. */
export function decimalOfSum(sum: bigint, unit: Micros, precision: number): string {
  const size = sum < 0n ? -sum : sum;
  const rounded = (size * 10n ** BigInt(precision) * 2n + BigInt(unit)) / (BigInt(unit) * 2n);
  return unscaled(sum < 0n ? -rounded : rounded, precision);
}

/**
 * A decimal number as a whole number of its last digits, so that sums and products stay exact.
 *
 * @param text digits, and at most `digits` of them after a point
 * @throws {RangeError} if the text has more digits after the point, or is no such number
 * @example scaled("99.5", 4) // 995000n
 */
export function scaled(text: string, digits: number): bigint {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > digits) {
    throw new RangeError(`Expected a number with at most ${digits} decimals, not "${text}"`);
  }
  return BigInt(whole + fraction.padEnd(digits, "0"));
}

/** Writes a number of the last digits back as a decimal: `scaled` the other way. It may be negative. */
export function unscaled(number: bigint, digits: number): string {
  const text = String(number < 0n ? -number : number).padStart(digits + 1, "0");
  const whole = text.length - digits;
  return `${number < 0n ? "-" : ""}${text.slice(0, whole)}${digits === 0 ? "" : `.${text.slice(whole)}`}`;
}
