import type { Goal, Measure } from "./bench.ts";

/** Numbers of two things that were measured in turns. */
export interface Pairs {
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Measures A, B, A, B …: what disturbs the machine for a while disturbs both. */
export async function alternate(
  runs: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Pairs> {
  const pairs = { ours: new Array<number>(), theirs: new Array<number>() };
  for (let run = 0; run < runs; run++) {
    pairs.ours.push(await ours());
    pairs.theirs.push(await theirs());
  }
  return pairs;
}

/** The ratio of two medians; its spread is that of the ratios within each turn. */
export function ratio(name: string, { ours, theirs }: Pairs, goal: Goal): Measure {
  const ratios = ours.map((value, index) => value / (theirs[index] ?? NaN));
  return { name, unit: "×", value: median(ours) / median(theirs), ...spread(ratios), goal };
}

export function spread(values: readonly number[]): { low: number; high: number } {
  return { low: Math.min(...values), high: Math.max(...values) };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share of all values lies, by nearest rank; of an even number's middle two, their mean. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = Math.floor(sorted.length * share);
  const isBetween = sorted.length * share === upper && upper > 0;
  const high = sorted[Math.min(upper, sorted.length - 1)] ?? NaN;
  return isBetween ? ((sorted[upper - 1] ?? NaN) + high) / 2 : high;
}
