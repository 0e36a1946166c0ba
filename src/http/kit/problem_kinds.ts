import type { ContentfulStatusCode } from "hono/utils/http-status";
import { ACCESS_PROBLEMS } from "../access/problem_kinds.ts";

export interface ProblemKind {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  /** For the page of the problem's `type`. */
  readonly help: string;
}

/** All problems that this service answers with (RFC 9457). The `type` of each is `/problems/` and its name, for good. */
export const PROBLEMS = {
  ...ACCESS_PROBLEMS,
  "malformed-body": {
    status: 400,
    title: "The body cannot be read",
    help: "The body does not match its Content-Type: the JSON does not parse, it is not UTF-8, or its end is missing.",
  },
  "cross-origin": {
    status: 403,
    title: "This request came from another website",
    help: "Use Storewatch's own pages, a client that is not a browser, or ALLOWED_ORIGINS.",
  },
  "not-found": {
    status: 404,
    title: "There is nothing at this path",
    help: "GET /openapi.json lists every path. The page /docs shows them.",
  },
  "unknown-report": {
    status: 404,
    title: "There is no such report",
    help: "No report ever had this id, or the report was deleted. GET /reports lists the reports.",
  },
  "unknown-import": {
    status: 404,
    title: "There is no such import",
    help: "POST /imports/{kind} answers with the import_id of a file that was loaded.",
  },
  "unknown-store": {
    status: 404,
    title: "There is no such store",
    help: "A store exists as soon as a file or a poll names it. GET /stores lists the stores.",
  },
  "unknown-special-hours": {
    status: 404,
    title: "There are no special hours on this date",
    help:
      "GET /stores/{store_id}/special-hours lists the dates that have some. Rules for all stores are at /stores/*/special-hours.",
  },
  "unknown-exclusion": {
    status: 404,
    title: "There is no such exclusion",
    help: "POST /exclusions answers with the exclusion_id. GET /exclusions lists all of them.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This path does not support this method",
    help: "The Allow header names the supported methods.",
  },
  "not-acceptable": {
    status: 406,
    title: "No media type in Accept is available",
    help: "A report is available as text/csv and application/json.",
  },
  "body-timeout": {
    status: 408,
    title: "The body did not arrive in time",
    help:
      "No more of the body arrived for a minute, or it arrived with less than 1 KiB a second. The part that arrived was dropped.",
  },
  "report-not-complete": {
    status: 409,
    title: "The report has no file",
    help:
      "It is in the queue or in progress (ask again after Retry-After), or it failed or was cancelled. See its status.",
  },
  "report-without-rows": {
    status: 409,
    title: "The report has only its classic CSV",
    help:
      "It was made before Storewatch kept exact results. Ask for a new report with the same as_of, or take report.csv.",
  },
  "report-without-record": {
    status: 409,
    title: "The report does not say what it depends on",
    help:
      "It was made before Storewatch kept that, so a verification could not say why rows differ. Ask for a new report with " +
      "the same as_of, and compare the rows.",
  },
  "exclusion-withdrawn": {
    status: 409,
    title: "The exclusion was withdrawn",
    help:
      "A withdrawn exclusion stays as it is, so that everybody can see what was left out and when. Add another one.",
  },
  "report-without-csv": {
    status: 409,
    title: "The report has no classic CSV",
    help:
      "The classic CSV has the last hour, day and week, and the report was asked for other windows. Take rows.csv or rows.ndjson.",
  },
  "unknown-timezone": {
    status: 409,
    title: "The zone rules in use do not know the store's time zone",
    help:
      "So the times of its business hours are unknown, and reports have no row for it. Load a timezones file with another zone, " +
      "or start the service with zone rules that have the zone (ZONE_RULES).",
  },
  "report-file-gone": {
    status: 410,
    title: "The report's file is gone",
    help: "The report was completed, but its file is not in the reports folder now. Request a new report.",
  },
  "precondition-failed": {
    status: 412,
    title: "The precondition failed",
    help:
      "If-Match names another ETag than the current one, or something changed after If-Unmodified-Since. Get the current version first.",
  },
  "body-too-large": {
    status: 413,
    title: "The body is too large",
    help: "JSON bodies have a limit. Newline-delimited JSON to /polls and files to /imports have no limit.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "This kind of body is not supported here",
    help: "The detail names the supported Content-Type and Content-Encoding.",
  },
  "range-not-satisfiable": {
    status: 416,
    title: "The range is outside the file",
    help: "Content-Range has the size of the file in bytes.",
  },
  "missing-parameter": {
    status: 400,
    title: "A parameter is missing",
    help: "GET /get_report needs the id of a report: /get_report/{report_id} or /get_report?report_id=.",
  },
  "invalid-parameters": {
    status: 422,
    title: "Some parameters are not valid",
    help: "`errors` has each parameter, its value and the reason.",
  },
  "invalid-file": {
    status: 422,
    title: "The file cannot be loaded",
    help: "Nothing was changed. Too many rows are bad, a column is missing, or the file is damaged. " +
      "`rejects_url` lists its bad rows.",
  },
  "report-too-large": {
    status: 422,
    title: "The report is too large for Excel",
    help:
      "A sheet of Excel has 1,048,576 rows at most, and a workbook 4 GiB. Take rows.parquet or rows.csv, or ask for a report about " +
      "fewer stores (where).",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "This Idempotency-Key belongs to another request",
    help: "Use a new key for each new request.",
  },
  "misdirected-request": {
    status: 421,
    title: "This host is not served here",
    help: "The Host header has to name localhost, an address that the service listens on, or one of ALLOWED_HOSTS. " +
      "This protects against pages of other websites that use a name of their own for this service (DNS rebinding).",
  },
  "too-many-reports": {
    status: 429,
    title: "Too many reports are in the queue",
    help: "Reports are made one after the other. Try again after Retry-After.",
  },
  "too-many-imports": {
    status: 429,
    title: "Too many files are being loaded",
    help: "Each load holds a database connection. Send the file again after Retry-After.",
  },
  "too-many-verifications": {
    status: 429,
    title: "Too many reports are being verified",
    help: "A verification takes as much work as a report. Try again after Retry-After.",
  },
  "too-many-at-once": {
    status: 429,
    title: "Too many requests are open",
    help: "An address may have 256 requests open at a time. Wait for answers, and read them to their ends.",
  },
  "too-many-streams": {
    status: 429,
    title: "Too many event streams are open",
    help: "Close streams that nobody reads, or ask /reports/{id} for the status now and then.",
  },
  "internal-error": {
    status: 500,
    title: "Something went wrong in Storewatch",
    help: "The service's log has the reason. Search it for the request_id.",
  },
  "file-not-written": {
    status: 507,
    title: "The file cannot be written",
    help:
      "rows.parquet and report.xlsx are written to the reports folder before they are sent. Make room on its disk, or let the service " +
      "write to it (REPORTS_DIR). rows.csv and rows.ndjson need no room.",
  },
  "database-unavailable": {
    status: 503,
    title: "The database cannot be reached",
    help: "It is restarting or overloaded. Try again after Retry-After.",
  },
  "not-ready": {
    status: 503,
    title: "The service is not ready",
    help: "It is stopping (try again after Retry-After), or the database's schema does not fit this version. Start " +
      "the latest version: it updates the schema.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemName = keyof typeof PROBLEMS;
