import type { ContentfulStatusCode } from "hono/utils/http-status";

interface ProblemKind {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  /** For the page that the problem's `type` leads to. */
  readonly help: string;
}

/** All problems that this service answers with (RFC 9457). The `type` of each is `/problems/` and its name, for good. */
export const PROBLEMS = {
  "malformed-body": {
    status: 400,
    title: "The body cannot be read",
    help:
      "The body is not what its Content-Type says: the JSON does not parse, it is not UTF-8, or its end is missing.",
  },
  "cross-origin": {
    status: 403,
    title: "A page of another origin may not do this",
    help:
      "A browser sent it for a page that is not Storewatch's. Use Storewatch's own pages, a client that is not a browser, or ALLOWED_ORIGINS.",
  },
  "not-found": {
    status: 404,
    title: "There is nothing at this path",
    help: "GET /openapi.json lists every path, /docs shows them.",
  },
  "unknown-report": {
    status: 404,
    title: "There is no such report",
    help: "The id was never given out, or the report was deleted. GET /reports lists those that exist.",
  },
  "unknown-import": {
    status: 404,
    title: "There is no such import",
    help: "POST /imports/{kind} answers with the import_id of a file that was loaded.",
  },
  "unknown-store": {
    status: 404,
    title: "There is no such store",
    help: "A store exists from the moment that any file or poll names it. GET /stores lists them.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This path does not take this method",
    help: "The Allow header names the methods that it takes.",
  },
  "not-acceptable": {
    status: 406,
    title: "None of the media types in Accept can be made",
    help: "A report comes as text/csv or as application/json.",
  },
  "body-timeout": {
    status: 408,
    title: "The body did not arrive in time",
    help: "Nothing more of the body came for a minute. What had arrived was dropped.",
  },
  "report-not-complete": {
    status: 409,
    title: "The report has no file",
    help: "It is still being made (ask again after Retry-After), or it failed or was cancelled (status says which).",
  },
  "report-without-rows": {
    status: 409,
    title: "The report has only its classic CSV",
    help:
      "It was made before Storewatch kept exact results. Ask for a new report with the same as_of, or take report.csv.",
  },
  "unknown-timezone": {
    status: 409,
    title: "The zone rules in use do not know the store's time zone",
    help:
      "Its hours cannot be placed in time, so reports have no row for it. Load a timezones file with another zone, " +
      "or start the service with zone rules that have the zone (ZONE_RULES).",
  },
  "report-file-gone": {
    status: 410,
    title: "The report's file has vanished",
    help: "The report was completed, but its file is no longer in the reports folder. Ask for a new report.",
  },
  "precondition-failed": {
    status: 412,
    title: "It is not in the state that you expect",
    help:
      "If-Match names another ETag than the current one, or something changed after If-Unmodified-Since. Fetch it again.",
  },
  "body-too-large": {
    status: 413,
    title: "The body is too large",
    help: "JSON bodies have a limit. Send newline-delimited JSON to /polls, or a file to /imports: these have none.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "This kind of body is not taken here",
    help: "The detail names the Content-Type and Content-Encoding that are.",
  },
  "range-not-satisfiable": {
    status: 416,
    title: "The range lies outside of the file",
    help: "Content-Range tells how many bytes the file has.",
  },
  "missing-parameter": {
    status: 400,
    title: "A parameter is missing",
    help: "GET /get_report needs the id of a report: /get_report/{report_id} or /get_report?report_id=.",
  },
  "invalid-parameters": {
    status: 422,
    title: "Some parameters cannot be used",
    help: "`errors` names each of them, its value, and what is wrong with it.",
  },
  "invalid-file": {
    status: 422,
    title: "The file cannot be loaded",
    help: "It fails as a whole and changes nothing: too many rows are bad, a column is missing, or it is damaged. " +
      "`rejects_url` lists its bad rows.",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "This Idempotency-Key belongs to another request",
    help: "A key stands for one request: use a new one when the parameters differ.",
  },
  "misdirected-request": {
    status: 421,
    title: "This host is not served here",
    help: "The Host header has to name localhost, an address that the service listens on, or one of ALLOWED_HOSTS. " +
      "This keeps pages of other websites from reaching the service under a name of their own (DNS rebinding).",
  },
  "too-many-reports": {
    status: 429,
    title: "Too many reports are waiting",
    help: "Reports are made one after the other. Ask again after Retry-After.",
  },
  "too-many-imports": {
    status: 429,
    title: "Too many files are being loaded",
    help: "Each file that is being loaded holds a database connection. Send it again after Retry-After.",
  },
  "internal-error": {
    status: 500,
    title: "Something went wrong here",
    help: "The service's log has the reason, under the request_id.",
  },
  "database-unavailable": {
    status: 503,
    title: "The database cannot be reached",
    help: "It is restarting or overloaded. Ask again after Retry-After.",
  },
  "not-ready": {
    status: 503,
    title: "The service is not ready",
    help: "It is being stopped (ask again after Retry-After), or the database's schema is not the one that this " +
      "version was written for, and has to be migrated.",
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemName = keyof typeof PROBLEMS;
