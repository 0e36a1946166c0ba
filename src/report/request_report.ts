import type { Sql } from "../db/client.ts";
import type { Queue } from "../db/queue.ts";
import { insertReport, type ReportRequest } from "../db/reports.ts";

/** Asks for a report: its row and its job are there, both or neither, before this returns its id. */
export async function requestReport(sql: Sql, queue: Queue, request: ReportRequest): Promise<string> {
  const reportId = crypto.randomUUID();
  await sql.begin(async (tx) => {
    await insertReport(tx, reportId, request, "queue");
    await queue.send(tx, reportId);
  });
  return reportId;
}
