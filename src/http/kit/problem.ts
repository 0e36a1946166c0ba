import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
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
