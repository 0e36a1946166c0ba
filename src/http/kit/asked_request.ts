import type { z } from "@hono/zod-openapi";
import { parseAsOf } from "../../domain/time/instant.ts";
import { pollLimits, whyTooLate } from "../../domain/polls/poll_limits.ts";
import { parseStaleAfter } from "../../domain/polls/stale_after.ts";
import { type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import type { HttpDeps } from "../deps.ts";
import type { TriggerBody } from "./schemas.ts";
import { invalidParameters } from "./validation.ts";

/**
 * Turns parameters that were found good one by one into a request.
 *
 * @throws {Problem} if as-of lies too far ahead of the clock
 */
export function askedRequest(
  { as_of, method, precision, stale_after }: z.output<typeof TriggerBody>,
  { maxPollAhead }: Pick<HttpDeps, "maxPollAhead">,
): ReportRequest {
  const asOf = as_of === undefined ? undefined : parseAsOf(as_of);
  const tooLate = whyTooLate(asOf, pollLimits(Date.now() * 1000, maxPollAhead));
  if (tooLate !== undefined) throw invalidParameters([{ parameter: "as_of", value: as_of, reason: tooLate }]);
  const staleAfter = stale_after === undefined ? undefined : parseStaleAfter(stale_after);
  return withDefaults({ asOf, method, precision, staleAfter });
}
