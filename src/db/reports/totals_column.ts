import { type Measure, MEASURES } from "../../domain/measures/measures.ts";
import type { Totals } from "../../domain/measures/totals.ts";

/** JSON has no numbers as large as these sums, so they are strings there. */
export type TotalsColumn = readonly { window: string; sums: Partial<Record<Measure, string>> }[];

export function totalsToJson(totals: Totals): string {
  return JSON.stringify(totals, (_, value) => typeof value === "bigint" ? value.toString() : value);
}

export function totalsFromJson(column: TotalsColumn): Totals {
  return column.map(({ window, sums }) => ({ window, sums: sumsFromJson(sums) }));
}

function sumsFromJson(column: TotalsColumn[number]["sums"]): Totals[number]["sums"] {
  const sums: Partial<Record<Measure, bigint>> = {};
  for (const measure of MEASURES) {
    const text = column[measure];
    if (text !== undefined) sums[measure] = BigInt(text);
  }
  return sums;
}
