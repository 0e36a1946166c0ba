import type { BenchContext } from "./context.ts";

/** What a measure should at most, or at least, be. */
export type Goal = { readonly most: number } | { readonly least: number };

/** One number that a bench is about. */
export interface Measure {
  readonly name: string;
  readonly unit: "×" | "ms" | "polls/s" | "bytes";
  readonly value: number;
  /** The smallest and the largest of the runs. */
  readonly low: number;
  readonly high: number;
  readonly goal: Goal;
}

/** What a bench found: its measures, and the absolute times and sizes that they are made of. */
export interface Outcome {
  readonly measures: readonly Measure[];
  readonly detail: Readonly<Record<string, number | string>>;
}

/** A bench of the list in docs/performance.md, in a file of its own. */
export interface Bench {
  /** `B1`. */
  readonly id: string;
  readonly name: string;
  run(context: BenchContext): Promise<Outcome>;
}

export function isMet({ value, goal }: Measure): boolean {
  return "most" in goal ? value <= goal.most : value >= goal.least;
}
