import type { Report } from "../../db/reports/report.ts";
import type { Result } from "../../domain/measures/result.ts";
import { measuringOf, windowsBy } from "../../domain/report_request.ts";
import { UTC } from "../../domain/time/timezone.ts";
import type { ReportRows } from "../../export/rows.ts";
import { type Piece, type RenderedFormat, RENDERERS } from "../../export/renderers.ts";

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

/** Writes a rendering of a report to a file that does not exist. */
export async function writeRendering(path: string, format: RenderedFormat, rows: ReportRows): Promise<void> {
  await Deno.writeFile(path, ReadableStream.from(encoded(RENDERERS[format](rows))), { createNew: true });
}

function* encoded(pieces: Iterable<Piece>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const piece of pieces) yield typeof piece === "string" ? encoder.encode(piece) : piece;
}
