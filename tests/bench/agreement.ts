import assert from "node:assert/strict";
import { csvRow } from "../support/row.ts";
import type { Service } from "./service.ts";

/** `store_id, up_hour, up_day, up_week, down_hour, down_day, down_week`, in microseconds. */
export type SqlRow = readonly (string | number)[];

/**
 * Makes a report with all digits, and compares each of its rows with those that SQL gives.
 *
 * @throws {Error} naming the first row that differs: what gives another report is nothing to compare with
 */
export async function assertSameReport(service: Service, rows: readonly SqlRow[]): Promise<void> {
  const reportId = await service.trigger("?precision=6");
  await service.complete(reportId);
  const lines = await service.lines(reportId);
  assert.equal(rows.length, lines.length);
  for (const [index, row] of rows.entries()) assert.equal(lineOf(row), lines[index]);
}

function lineOf([storeId, ...micros]: SqlRow): string {
  const [upHour = NaN, upDay = NaN, upWeek = NaN, downHour = NaN, downDay = NaN, downWeek = NaN] = micros.map(Number);
  const row = {
    hour: { up: upHour, down: downHour },
    day: { up: upDay, down: downDay },
    week: { up: upWeek, down: downWeek },
  };
  return csvRow(String(storeId), row, 6).trimEnd();
}
