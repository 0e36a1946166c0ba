import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/reports.ts";
import { formatInstant } from "../../domain/time/instant.ts";

/** Asks for the same report once more: the form of a new report, filled in. */
export function TryAgain({ report: { request } }: { report: Report }): JSX.Element {
  return (
    <form method="post" action="/new-report">
      <input type="hidden" name="method" value={request.method} />
      <input type="hidden" name="precision" value={request.precision} />
      {/* As a datetime-local has it, without a zone. */}
      {request.asOf !== undefined && (
        <input type="hidden" name="as_of" value={formatInstant(request.asOf).replace(/Z$/, "")} />
      )}
      <button type="submit" class="main">Try again</button>
    </form>
  );
}
