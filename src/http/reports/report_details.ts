import type { z } from "@hono/zod-openapi";
import { listChunks, listErrors } from "../../db/reports/chunks.ts";
import type { Report } from "../../db/reports/report.ts";
import type { HttpDeps } from "../deps.ts";
import { warningJson } from "../kit/import_parts.ts";
import type { ReportDetails } from "../kit/schemas.ts";
import { dependsOnJson, reportJson } from "./report_json.ts";

const MOST_ERRORS = 100;

/** A report as `GET /reports/{id}` has it: with its warnings, the stores without a row, and the processing times. */
export async function reportDetails(
  { sql }: Pick<HttpDeps, "sql">,
  report: Report,
): Promise<z.output<typeof ReportDetails>> {
  const errors = await listErrors(sql, report.reportId, MOST_ERRORS);
  return {
    ...reportJson(report),
    warnings: report.warnings.map(warningJson),
    errors: errors.map(({ storeId, reason }) => ({ store_id: storeId, reason })),
    depends_on: dependsOnJson(report),
    timing: await timing({ sql }, report),
  };
}

async function timing({ sql }: Pick<HttpDeps, "sql">, { reportId, status }: Report) {
  if (status !== "Completed") return null;
  const chunks = await listChunks(sql, reportId);
  const sum = (phase: Phase) => rounded(chunks.reduce((total, chunk) => total + chunk[phase], 0));
  return {
    ...phases(sum),
    chunks: chunks.map((chunk) => ({
      chunk: chunk.number,
      worker: chunk.worker,
      stores: chunk.stores,
      begun_ms: rounded(chunk.begunMs),
      ...phases((phase) => rounded(chunk[phase])),
    })),
  };
}

type Phase = "waitMs" | "fetchMs" | "computeMs" | "writeMs";

function phases(of: (phase: Phase) => number) {
  return { wait_ms: of("waitMs"), fetch_ms: of("fetchMs"), compute_ms: of("computeMs"), write_ms: of("writeMs") };
}

/** To whole microseconds. */
function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
