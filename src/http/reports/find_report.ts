import type { Sql } from "../../db/connection/client.ts";
import type { Report } from "../../db/reports/report.ts";
import { getReport } from "../../db/reports/reports.ts";
import { isUuid } from "../../domain/uuid.ts";
import { Problem } from "../kit/problem.ts";

/** Looks a report up by what a client says its id is. */
export async function findReport(sql: Sql, id: string): Promise<Report | undefined> {
  return isUuid(id) ? await getReport(sql, id.toLowerCase()) : undefined;
}

/** @throws {Problem} if there is no such report */
export async function needReport(sql: Sql, id: string): Promise<Report> {
  const report = await findReport(sql, id);
  if (report === undefined) throw new Problem("unknown-report", "No report has this id");
  return report;
}
