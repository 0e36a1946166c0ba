import { parseAsOf } from "../../domain/time/instant.ts";
import { pollLimits, whyTooLate } from "../../domain/polls/poll_limits.ts";
import { parseStaleAfter } from "../../domain/polls/stale_after.ts";
import { type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import { openTimezone } from "../../domain/time/timezone.ts";
import type { HttpDeps } from "../deps.ts";
import type { ReportParameters } from "./report_parameters.ts";
import { invalidParameters } from "./validation.ts";

/**
 * Turns parameters that were found good one by one into a request.
 *
 * @throws {Problem} if as-of lies too far ahead of the clock
 */
export function askedRequest(
  { as_of, method, precision, stale_after, windows, calendar }: ReportParameters,
  { maxPollAhead, zoneRules }: Pick<HttpDeps, "maxPollAhead" | "zoneRules">,
): ReportRequest {
  const asOf = as_of === undefined ? undefined : parseAsOf(as_of);
  const tooLate = whyTooLate(asOf, pollLimits(Date.now() * 1000, maxPollAhead));
  if (tooLate !== undefined) throw invalidParameters([{ parameter: "as_of", value: as_of, reason: tooLate }]);
  const staleAfter = stale_after === undefined ? undefined : parseStaleAfter(stale_after);
  // As the rules spell it: the same calendar is the same request.
  const zone = calendar === undefined ? undefined : openTimezone(calendar, zoneRules).id;
  return withDefaults({ asOf, method, precision, staleAfter, windows, calendar: zone });
}
