/** How many rows of a file may have faults of their own: a number of rows, or a share of all rows. */
export type MaxRejects =
  | { readonly rows: number }
  /** In ten-thousandths of a percent, so that no limit is rounded. */
  | { readonly share: number };

const ONE_PERCENT = 10_000;

export const DEFAULT_MAX_REJECTS: MaxRejects = { share: 50 * ONE_PERCENT };

export const MAX_REJECTS_FORM = "must be a number of rows, such as 100, or a percentage, such as 10%";

/** Reads `100` or `12.5%`; undefined if it is neither. */
export function parseMaxRejects(text: string): MaxRejects | undefined {
  const [, whole, percent] = /^(\d{1,15})$|^(\d{1,3}(?:\.\d{1,4})?)%$/.exec(text) ?? [];
  if (whole !== undefined) return { rows: Number(whole) };
  const share = Math.round(Number(percent) * ONE_PERCENT);
  return share <= 100 * ONE_PERCENT ? { share } : undefined;
}

/** Whether so many bad rows are too many. Exactly as many as allowed are not. */
export function isTooMany(max: MaxRejects, { bad, rows }: { bad: number; rows: number }): boolean {
  return "rows" in max ? bad > max.rows : bad * 100 * ONE_PERCENT > max.share * rows;
}

/** `100` or `12.5%`. */
export function maxRejectsText(max: MaxRejects): string {
  return "rows" in max ? String(max.rows) : `${max.share / ONE_PERCENT}%`;
}
