import { decimal } from "./decimal.ts";
import { HOUR, type Micros, MINUTE } from "./interval.ts";
import type { ReportRow } from "./report_row.ts";

export const REPORT_HEADER =
  "store_id,uptime_last_hour,uptime_last_day,uptime_last_week,downtime_last_hour,downtime_last_day,downtime_last_week\n";

/** One line of the report's CSV (RFC 4180): minutes for the hour, hours for the day and the week. */
export function csvRow(storeId: string, { hour, day, week }: ReportRow, precision: number): string {
  const minutes = (length: Micros) => decimal(length, MINUTE, precision);
  const hours = (length: Micros) => decimal(length, HOUR, precision);
  return `${quoted(storeId)},${minutes(hour.up)},${hours(day.up)},${hours(week.up)},` +
    `${minutes(hour.down)},${hours(day.down)},${hours(week.down)}\n`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
