import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isLostConnection } from "../../db/connection/lost_connection.ts";
import { FailedFile } from "../../ingest/failed_file.ts";
import { InputError } from "../../ingest/faults/input_error.ts";
import { KeyReused, TooManyReports } from "../../actions/ask_for_report.ts";
import { rejectsUrl } from "./import_parts.ts";
import { type ProblemName, PROBLEMS } from "./problem_kinds.ts";

interface ProblemOptions {
  readonly headers?: Record<string, string>;
  /** Further members of the JSON. */
  readonly members?: Record<string, unknown>;
  readonly cause?: unknown;
}

/** Thrown where a request cannot be answered. One place turns it into the answer, so its text is fit for clients. */
export class Problem extends Error {
  override name = "Problem";
  readonly kind: ProblemName;
  readonly headers: Record<string, string>;
  readonly members: Record<string, unknown>;

  constructor(kind: ProblemName, detail: string, { headers = {}, members = {}, cause }: ProblemOptions = {}) {
    super(detail, { cause });
    this.kind = kind;
    this.headers = headers;
    this.members = members;
  }

  get status(): ContentfulStatusCode {
    return PROBLEMS[this.kind].status;
  }
}

/** Turns an error into a problem for clients. Details that only the log may have are left out. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FailedFile) return failedFile(error);
  if (error instanceof InputError) return new Problem("invalid-file", error.message, { cause: error });
  if (error instanceof KeyReused) return new Problem("idempotency-key-reused", error.message, { cause: error });
  if (error instanceof TooManyReports) return tooManyReports(error);
  if (error instanceof HTTPException) return fromHono(error);
  if (isLostConnection(error)) return databaseUnavailable(error);
  return new Problem("internal-error", "This is a fault of Storewatch. The log has the reason under request_id", {
    cause: error,
  });
}

/** The record of the import stays, so clients can read the rejected rows. */
function failedFile(error: FailedFile): Problem {
  const { importId, rows, rejected, reason } = error.record;
  const members = { import_id: importId, rows, rejected, reason, rejects_url: rejectsUrl(importId) };
  return new Problem("invalid-file", error.message, { members, cause: error });
}

function databaseUnavailable(cause: unknown): Problem {
  return new Problem("database-unavailable", "Try again in a few seconds", { headers: { "Retry-After": "2" }, cause });
}

function tooManyReports(error: TooManyReports): Problem {
  return new Problem("too-many-reports", error.message, { headers: { "Retry-After": "10" }, cause: error });
}

/** What Hono's own validators throw. */
function fromHono(error: HTTPException): Problem {
  if (error.status === 415) {
    return new Problem("unsupported-media-type", 'Add the header "Content-Type: application/json"', { cause: error });
  }
  if (error.status === 400) return new Problem("malformed-body", "The body is not JSON", { cause: error });
  return new Problem("internal-error", "This is a fault of Storewatch. The log has the reason under request_id", {
    cause: error,
  });
}

interface ProblemAnswer {
  readonly body: string;
  readonly status: ContentfulStatusCode;
  readonly headers: Record<string, string>;
}

/** Writes a problem as `application/problem+json`. */
export function problemResponse(c: Context, problem: Problem): Response {
  const { body, status, headers } = problemAnswer(problem, c.get("requestId"));
  return c.body(body, status, headers);
}

/** The parts of a problem's answer, for places without a context. */
export function problemAnswer(problem: Problem, requestId: string): ProblemAnswer {
  const { status, title } = PROBLEMS[problem.kind];
  const body = {
    type: `/problems/${problem.kind}`,
    title,
    status,
    detail: problem.message,
    ...problem.members,
    request_id: requestId,
  };
  const headers = { "Cache-Control": "no-store", ...problem.headers, "Content-Type": "application/problem+json" };
  return { body: JSON.stringify(body), status, headers };
}
