import { decimal } from "../domain/decimal.ts";
import { HOUR, type Micros, MINUTE } from "../domain/time/interval.ts";
import type { Measure } from "../domain/measures/measures.ts";
import type { Result } from "../domain/measures/result.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import { quoted } from "./csv_field.ts";

/** A column of the classic CSV: which measure of which window, and in which unit. */
interface ClassicColumn {
  readonly name: string;
  readonly window: WindowName;
  readonly measure: Measure;
  readonly unit: Micros;
}

const COLUMNS: readonly ClassicColumn[] = [
  { name: "uptime_last_hour", window: "last_hour", measure: "up", unit: MINUTE },
  { name: "uptime_last_day", window: "last_day", measure: "up", unit: HOUR },
  { name: "uptime_last_week", window: "last_week", measure: "up", unit: HOUR },
  { name: "downtime_last_hour", window: "last_hour", measure: "down", unit: MINUTE },
  { name: "downtime_last_day", window: "last_day", measure: "down", unit: HOUR },
  { name: "downtime_last_week", window: "last_week", measure: "down", unit: HOUR },
];

export const CLASSIC_HEADER = `store_id,${COLUMNS.map(({ name }) => name).join(",")}\n`;

/**
 * Writes the classic CSV (RFC 4180) of some stores, without the header: minutes for the hour, hours for day and week.
 *
 * @param precision digits after the decimal point, 0 to 6
 * @throws {RangeError} if the result lacks one of the three classic windows
 */
export function classicCsv(result: Result, precision: number): string {
  const columns = COLUMNS.map(({ name, window, measure, unit }) => {
    const values = result.column(window, measure);
    if (values === undefined) throw new RangeError(`The classic CSV needs ${name}, but the result has no ${window}`);
    return { values, unit };
  });
  let csv = "";
  for (let row = 0; row < result.storeIds.length; row++) {
    csv += quoted(result.storeIds[row] ?? "");
    for (const { values, unit } of columns) csv += `,${decimal(values[row] ?? NaN, unit, precision)}`;
    csv += "\n";
  }
  return csv;
}
