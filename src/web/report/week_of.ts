import { eachMeasure } from "../../domain/measures/measures.ts";
import type { Measured } from "../../domain/measures/percentage.ts";
import type { Result } from "../../domain/measures/result.ts";
import { mainWindow } from "../../domain/time/window_list.ts";

/** What a row measures in the last week, or in the report's main window if it has no such week; undefined is what the report does not have. */
export function weekOf(result: Result, row: number): Measured {
  const window = mainWindow(result.windows);
  return eachMeasure((measure) => result.column(window, measure)?.[row]);
}
