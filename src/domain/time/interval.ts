/**
 * An instant in whole microseconds since 1970-01-01T00:00:00Z, or a length in whole microseconds.
 * Exact in a double up to the year 2255.
 */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

/** A half-open run of time, `[start, end)`. */
export interface Interval {
  readonly start: Micros;
  readonly end: Micros;
}

/** The part that two intervals share; its end does not come after its start if they share nothing. */
export function overlap(a: Interval, b: Interval): Interval {
  return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
}

/** How much of a span of time lies in some merged intervals, in microseconds. Looks from their end on, where windows are. */
export function timeWithin(merged: readonly Interval[], span: Interval): Micros {
  let sum = 0;
  for (let index = merged.length - 1; index >= 0; index--) {
    const { start = NaN, end = NaN } = merged[index] ?? {};
    if (end <= span.start) break;
    sum += Math.max(0, Math.min(end, span.end) - Math.max(start, span.start));
  }
  return sum;
}

/** Sorts intervals, drops the empty ones, and makes one of those that overlap or touch. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start);
  const merged: { start: Micros; end: Micros }[] = [];
  for (const { start, end } of sorted) {
    const last = merged.at(-1);
    if (last === undefined || start > last.end) merged.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return merged;
}

/** The parts of some intervals that lie in a span. */
export function cut(intervals: readonly Interval[], span: Interval): Interval[] {
  return intervals.map((interval) => overlap(interval, span)).filter(({ start, end }) => start < end);
}

/** What is left of some merged intervals without others. */
export function without(merged: readonly Interval[], others: readonly Interval[]): Interval[] {
  return others.reduce<Interval[]>(
    (left, other) =>
      left.flatMap(({ start, end }) =>
        [{ start, end: Math.min(end, other.start) }, { start: Math.max(start, other.end), end }]
          .filter((part) => part.start < part.end)
      ),
    [...merged],
  );
}

/** Whether an instant lies in one of some merged intervals. Binary search. */
export function covers(merged: readonly Interval[], instant: Micros): boolean {
  let low = 0;
  let high = merged.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const interval = merged[middle];
    if (interval !== undefined && interval.end <= instant) low = middle + 1;
    else high = middle;
  }
  const candidate = merged[low];
  return candidate !== undefined && candidate.start <= instant;
}
