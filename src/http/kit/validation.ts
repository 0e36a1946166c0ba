import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { HttpEnv } from "../deps.ts";
import { Problem } from "./problem.ts";

/** One parameter that cannot be used. */
export interface ParameterError {
  readonly parameter: string;
  readonly value?: unknown;
  readonly reason: string;
}

type Validation = { data?: unknown; target: string } & ({ success: true } | { success: false; error: z.ZodError });

/**
 * Turns what a schema found into a problem that names each parameter.
 *
 * @throws {Problem} if anything was found
 */
export function refuseInvalid(result: Validation, c: Context<HttpEnv>): void {
  if (result.success) return;
  const errors = result.error.issues.flatMap((issue) => explain(issue, result));
  throw invalidParameters(errors, errors.length + (c.get("omittedMembers") ?? 0));
}

/** An answer does not get long because a question is. */
const MOST_ERRORS = 20;

export function invalidParameters(errors: readonly ParameterError[], total = errors.length): Problem {
  const shown = errors.slice(0, MOST_ERRORS);
  const names = [...new Set(shown.map(({ parameter }) => parameter))].join(", ");
  const more = total > shown.length ? ` and ${total - shown.length} more` : "";
  const members = { errors: shown, errors_total: total };
  return new Problem("invalid-parameters", `Cannot be used: ${names}${more}`, { members });
}

function explain(issue: z.core.$ZodIssue, { data, target }: Validation): ParameterError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      parameter: short(key),
      value: echo(valueAt(data, [...issue.path, key])),
      reason: "is not known here",
    }));
  }
  const parameter = issue.path.join(".") || (target === "json" ? "body" : target);
  return [{ parameter: short(parameter), value: echo(valueOf(issue, data)), reason: issue.message }];
}

/** What is wrong: a part of a list, if the schema names it, else what was given at the path. */
function valueOf(issue: z.core.$ZodIssue, data: unknown): unknown {
  const named: unknown = issue.code === "custom" ? issue.params?.value : undefined;
  return named ?? valueAt(data, issue.path);
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    data,
  );
}

const MOST_ECHOED = 100;

/** A value as it was given, as long as it is short: an answer need not be as long as the question. */
export function echo(value: unknown): unknown {
  if (typeof value === "string") return short(value);
  const text = asText(value);
  return text === undefined || text.length <= MOST_ECHOED ? value : short(text);
}

function asText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Lists in lists in lists, thousands deep: they can be parsed, but not written.
    if (error instanceof RangeError) return "[".repeat(MOST_ECHOED + 1);
    throw error;
  }
}

/** A text as it was given, cut if it is long. */
export function short(text: string): string {
  return text.length <= MOST_ECHOED ? text : `${text.slice(0, MOST_ECHOED)}…`;
}
