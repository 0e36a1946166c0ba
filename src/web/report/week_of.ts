import { eachMeasure } from "../../domain/measures/measures.ts";
import type { Measured } from "../../domain/measures/percentage.ts";
import type { Result } from "../../domain/measures/result.ts";

/** What a row's week measures; undefined is what the report does not have. */
export function weekOf(result: Result, row: number): Measured {
  return eachMeasure((measure) => result.column("last_week", measure)?.[row]);
}
