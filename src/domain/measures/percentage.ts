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
  const part = BigInt(up);
  const whole = part + BigInt(down);
  return whole === 0n ? undefined : Number(part * 10_000n / whole);
}

/** Uptime as a share of what was judged, 0 to 1; undefined if nothing was. For drawing and sorting, not for printing. */
export function uptimeRatio({ up = 0, down = 0 }: UpAndDown): number | undefined {
  const judged = Number(up) + Number(down);
  return judged === 0 ? undefined : Number(up) / judged;
}

/** Writes hundredths of a percent with one or two digits, rounded down: `93.8`. */
export function formatPercentage(hundredths: number, digits: 1 | 2 = 2): string {
  const scale = 10 ** digits;
  const shown = Math.floor(hundredths * scale / 100);
  return `${Math.floor(shown / scale)}.${String(shown % scale).padStart(digits, "0")}`;
}
