import { HTTPException } from "hono/http-exception";
import { KeyReused, TooManyReports } from "../../actions/ask_for_report.ts";
import { Refusal } from "../../actions/refusal.ts";
import { isOutside } from "../../db/access/seen.ts";
import { isLostConnection } from "../../db/connection/lost_connection.ts";
import { FailedFile } from "../../ingest/failed_file.ts";
import { InputError } from "../../ingest/faults/input_error.ts";
import { rejectsUrl } from "./import_parts.ts";
import { Problem } from "./problem.ts";
import { echo, invalidParameters } from "./validation.ts";

/** Turns an error into a problem for clients. Details that only the log may have are left out. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refusal) return refused(error);
  if (error instanceof FailedFile) return failedFile(error);
  if (error instanceof InputError) return new Problem("invalid-file", error.message, { cause: error });
  if (error instanceof KeyReused) return new Problem("idempotency-key-reused", error.message, { cause: error });
  if (error instanceof TooManyReports) return tooManyReports(error);
  if (error instanceof HTTPException) return fromHono(error);
  if (isOutside(error)) return outside(error);
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

function outside(cause: unknown): Problem {
  return new Problem("outside-your-stores", "This key sees some stores, and the change is not about these alone", {
    cause,
  });
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

/** What an action refuses to do. */
function refused(error: Refusal): Problem {
  const { code, message, values } = error;
  if (code !== "invalid") return new Problem(code, message, { cause: error });
  return invalidParameters(
    values.map(({ field, value, reason }) => ({ parameter: field, value: echo(value), reason })),
  );
}
