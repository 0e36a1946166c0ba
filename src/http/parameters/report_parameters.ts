import { z } from "@hono/zod-openapi";
import { METHOD_NAMES } from "../../domain/method.ts";
import { pollLimits, whyTooLate } from "../../domain/polls/poll_limits.ts";
import { parseStaleAfter, STALE_AFTER_FORM } from "../../domain/polls/stale_after.ts";
import { DEFAULT_REQUEST, type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import { formatDuration } from "../../domain/time/duration.ts";
import { parseAsOf } from "../../domain/time/instant.ts";
import { WINDOW_FORM } from "../../domain/time/parse_window.ts";
import { openTimezone } from "../../domain/time/timezone.ts";
import { MOST_WINDOWS, windowFaults } from "../../domain/time/window_list.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import type { HttpDeps } from "../deps.ts";
import { AS_OF } from "../kit/schemas.ts";
import { selectionInBody, selectionInQuery } from "./selection_parameters.ts";
import { invalidParameters } from "../kit/validation.ts";

const asOf = z.string({ error: AS_OF }).refine((text) => parseAsOf(text) !== undefined, { error: AS_OF }).openapi({
  example: "2023-01-25T18:13:22Z",
  description: "A date alone means its 00:00 UTC. If not given, the latest poll.",
});

const method = z.enum(METHOD_NAMES, { error: `must be one of ${METHOD_NAMES.join(", ")}` })
  .openapi({ description: `How to judge the time between polls; ${DEFAULT_REQUEST.method} if not given.` });

const STALE_AFTER = `must be ${STALE_AFTER_FORM}`;

const staleAfter = z.string({ error: STALE_AFTER }).refine((text) => parseStaleAfter(text) !== undefined, {
  error: STALE_AFTER,
}).openapi({
  format: "duration",
  example: formatDuration(DEFAULT_REQUEST.staleAfter),
  description:
    "How long a store counts as observed after a poll, and how far two polls that agree may be apart for the " +
    `time between them to be certain: ${STALE_AFTER_FORM}. ${formatDuration(DEFAULT_REQUEST.staleAfter)} if not given.`,
});

/** The parameters that decide a store's measures, each of which can be left out. */
export const measuringParameters = {
  as_of: asOf.optional(),
  method: method.optional(),
  stale_after: staleAfter.optional(),
};

const PLUS = "a + in a query is written %2B";

/** Names between commas, or a list of them: clients of forms and queries give either. */
const windows = z.union([z.string(), z.array(z.string())], { error: "must be a list of windows" })
  .transform((given) => [given].flat().flatMap((names) => names.split(",")).map((name) => name.trim()))
  .superRefine((names, context) => {
    for (const { window, reason } of windowFaults(names)) {
      // A + that was not escaped arrives as a space. No window has one.
      const message = window?.includes(" ") ? `${reason}; ${PLUS}` : reason;
      context.addIssue({ code: "custom", message, params: window === undefined ? {} : { value: window } });
    }
  });

const WINDOWS = `What to measure, at most ${MOST_WINDOWS} windows of at most 400 days: ${WINDOW_FORM}; ${PLUS}. ` +
  `${DEFAULT_REQUEST.windows.join(", ")} if not given.`;

const EXAMPLES = ["last_day", "previous_month", "2026-W43"];

const CALENDAR = "must be an IANA time zone such as Europe/Berlin";

/** @param zoneRules the rules that have to know the zone */
function calendar({ zones }: ZoneRules) {
  return z.string({ error: CALENDAR }).refine((name) => zones.has(name.toLowerCase()), { error: CALENDAR }).openapi({
    example: "Europe/Berlin",
    description:
      "The time zone by which dates, weeks and months begin for all stores. If not given, each store's own zone.",
  });
}

const PRECISION = "must be a whole number from 0 to 6";
const digitsIn = z.string({ error: PRECISION }).regex(/^[0-6]$/, PRECISION);

/** The parameters of a report, as JSON. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from it
export function triggerBody(zoneRules: ZoneRules) {
  return z.strictObject({
    ...measuringParameters,
    windows: windows.openapi({ type: "array", items: { type: "string" }, example: EXAMPLES, description: WINDOWS })
      .optional(),
    calendar: calendar(zoneRules).optional(),
    precision: z.union([z.int().min(0).max(6), digitsIn.transform(Number)], { error: PRECISION }).optional()
      .openapi({ description: "Decimal places; 2 if not given." }),
    ...selectionInBody,
  }, { error: "must be an object" }).openapi("TriggerParameters", { example: { method: "step", precision: 2 } });
}

/** The same, as a query. */
// deno-lint-ignore explicit-module-boundary-types -- hc<App> is inferred from it
export function triggerQuery(zoneRules: ZoneRules) {
  return z.strictObject({
    ...measuringParameters,
    windows: windows.openapi({
      type: "string",
      example: EXAMPLES.join(","),
      description: `${WINDOWS} Separated by commas.`,
    }).optional(),
    calendar: calendar(zoneRules).optional(),
    precision: digitsIn.optional()
      .openapi({ description: "Decimal places, 0 to 6; 2 if not given." }),
    ...selectionInQuery,
  });
}

/** The parameters of a report, each of them found good. */
export type ReportParameters = z.output<ReturnType<typeof triggerBody>>;

/**
 * Turns parameters that were found good one by one into a request.
 *
 * @throws {Problem} if as-of lies too far ahead of the clock
 */
export function askedRequest(
  { as_of, stale_after, calendar, group_by, target_percent, ...given }: ReportParameters,
  { maxPollAhead, zoneRules }: Pick<HttpDeps, "maxPollAhead" | "zoneRules">,
): ReportRequest {
  const asOf = as_of === undefined ? undefined : parseAsOf(as_of);
  const tooLate = whyTooLate(asOf, pollLimits(Date.now() * 1000, maxPollAhead));
  if (tooLate !== undefined) throw invalidParameters([{ parameter: "as_of", value: as_of, reason: tooLate }]);
  const staleAfter = stale_after === undefined ? undefined : parseStaleAfter(stale_after);
  // As the rules spell it: the same calendar is the same request.
  const zone = calendar === undefined ? undefined : openTimezone(calendar, zoneRules).id;
  return withDefaults({
    ...given,
    asOf,
    staleAfter,
    calendar: zone,
    groupBy: group_by,
    targetPercent: target_percent,
  });
}
