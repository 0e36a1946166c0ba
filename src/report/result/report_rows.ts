import type { Report } from "../../db/reports/report.ts";
import type { Result } from "../../domain/measures/result.ts";
import { measuringOf, windowsBy } from "../../domain/report_request.ts";
import { UTC } from "../../domain/time/timezone.ts";
import type { ReportRows } from "../../export/rows.ts";
import { type RenderedFormat, RENDERERS } from "../../export/renderers.ts";
import { Turn } from "../../turn.ts";

/** What renderings of all measures take: a report's result, and what the report says about it. */
export function rowsOfReport(
  { request, asOf = 0, warnings }: Pick<Report, "request" | "asOf" | "warnings">,
  result: Result,
): ReportRows {
  return {
    result,
    // Windows by calendar are in no one zone: the result says when they are.
    windows: windowsBy(measuringOf({ ...request, asOf }))(UTC),
    precision: request.precision,
    targetPercent: request.targetPercent,
    groupBy: request.groupBy,
    warnings: warnings.filter(({ storesTotal }) => storesTotal === 0).map(({ code }) => code),
  };
}

/** Renders a report, piece by piece. Between pieces, others of this thread have their turn. */
export async function renderPieces(
  format: RenderedFormat,
  rows: ReportRows,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const encoder = new TextEncoder();
  const turn = new Turn();
  for (const piece of RENDERERS[format](rows)) {
    await write(typeof piece === "string" ? encoder.encode(piece) : piece);
    if (turn.isOver) await turn.pass();
  }
}

/** Writes a rendering of a report to a file that does not exist. */
export async function writeRendering(path: string, format: RenderedFormat, rows: ReportRows): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  await renderPieces(format, rows, async (bytes) => {
    for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
  });
}
