import type { Micros } from "./interval.ts";

/** When releases of the time zone database came out, in UTC. */
const RELEASED: Readonly<Record<string, readonly [year: number, month: number, day: number]>> = {
  "2023d": [2023, 12, 22],
  "2024a": [2024, 2, 1],
  "2024b": [2024, 9, 4],
  "2025a": [2025, 1, 15],
  "2025b": [2025, 3, 22],
  "2025c": [2025, 12, 10],
  "2026a": [2026, 3, 2],
  "2026b": [2026, 4, 23],
  "2026c": [2026, 7, 8],
  "2026d": [2026, 9, 11],
  "2026e": [2026, 9, 30],
  "2026f": [2026, 10, 28],
};

/**
 * Whether zone rules are too old for a window: it ends more than a year after their release, so that clocks may have been
 * changed by laws that the rules do not know.
 */
export function isTooOld(release: string, windowEnd: Micros): boolean {
  const [year, month, day] = releasedOn(release);
  return windowEnd > Date.UTC(year + 1, month - 1, day) * 1000;
}

/**
 * The data do not say when a release came out. A year has about one release in two months, so an unknown one is taken to be as
 * old as its letter allows with one a month: the warning may come some months early, but not late.
 */
function releasedOn(release: string): readonly [year: number, month: number, day: number] {
  const known = RELEASED[release];
  if (known !== undefined) return known;
  const [, year = "9999", letter = "a"] = /^(\d{4})([a-z])/.exec(release) ?? [];
  return [Number(year), Math.min(letter.charCodeAt(0) - 96, 12), 1];
}
