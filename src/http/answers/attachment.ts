import type { Report } from "../../db/reports/report.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { DEFAULT_REQUEST } from "../../domain/report_request.ts";

/** What a download has of a report, as its name ends. */
export type ReportPart = "report.csv" | "performance.csv" | "rows.csv" | "rows.ndjson" | "totals.csv" | "totals.ndjson";

/** A name that tells a person which report this is: `storewatch-2023-01-25T18-13-report.csv`. */
export function reportFileName({ asOf, request: { method } }: Report, part: ReportPart): string {
  const time = asOf === undefined ? [] : [formatInstant(asOf).slice(0, "2023-01-25T18:13".length).replace(":", "-")];
  return ["storewatch", ...time, ...(method === DEFAULT_REQUEST.method ? [] : [method]), part].join("-");
}

/** What the file that was loaded is called, without what file systems refuse: `polls-rejects.csv`. */
export function rejectsFileName(source: string): string {
  const stem = source.replace(/(\.csv)?(\.gz)?$/i, "").replaceAll(/[/\\:*?"<>|\p{Cc}]+/gu, "-");
  return `${stem === "" ? "file" : stem}-rejects.csv`;
}

/** `Content-Disposition` of a download; a name beyond ASCII also as RFC 6266 wants it. */
export function attachment(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/gu, "_");
  if (plain === filename) return `attachment; filename="${filename}"`;
  const encoded = encodeURIComponent(filename.toWellFormed()).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
