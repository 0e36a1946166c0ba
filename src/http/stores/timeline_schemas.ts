import { z } from "@hono/zod-openapi";
import { EXCLUSION_KINDS } from "../../domain/openings/exclusion.ts";
import { METHOD_NAMES } from "../../domain/method.ts";
import { measuringParameters } from "../parameters/report_parameters.ts";
import { InstantIn } from "../kit/schemas.ts";

const instantIn = InstantIn.optional();

export const TimelineParams = z.object({ store_id: z.string().openapi({ example: "8139926242460185114" }) });

export const TimelineQuery = z.strictObject({
  ...measuringParameters,
  from: instantIn.openapi({ description: "If not given, the start of the report's week." }),
  to: instantIn.openapi({ description: "At most as_of. If not given, the end of the report's week." }),
});

const instant = z.iso.datetime().openapi({ example: "2023-01-25T18:13:22.47922Z" });
const length = z.int().min(0).openapi({ description: "Microseconds.", example: 3_600_000_000 });
const ends = { start: instant, end: instant.openapi({ description: "The first instant after it." }) };

const lengths = {
  uptime: length,
  downtime: length,
  unknown: length.openapi({ description: "Microseconds that are neither uptime nor downtime." }),
  scheduled: length,
  excluded: length,
  observed: length.openapi({ description: "Microseconds that some poll reaches." }),
  up_low: length.openapi({ description: "The least uptime that the polls allow, in microseconds." }),
  up_high: length.openapi({ description: "The most uptime that the polls allow, in microseconds." }),
  outages: z.int().min(0).openapi({ description: "How many have some downtime here." }),
  longest_outage: length.openapi({ description: "The most downtime of one outage here, in microseconds." }),
};

const Sum = z.object(lengths).openapi("TimelineSum");
const Window = z.object({ ...ends, ...lengths }).openapi("TimelineWindow");

const PollOfTimeline = z.object({
  timestamp_utc: instant,
  status: z.enum(["active", "inactive"]),
  used: z.boolean().openapi({ description: "Whether the method uses it." }),
}).openapi("TimelinePoll");

const SpecialDateOfTimeline = z.object({
  date: z.iso.date().openapi({ example: "2022-12-25" }),
  reason: z.string().nullable().openapi({ example: "Christmas" }),
  all_stores: z.boolean().openapi({ description: "Whether it is a rule for all stores." }),
}).openapi("TimelineSpecialDate");

const ExclusionOfTimeline = z.object({
  exclusion_id: z.uuid(),
  kind: z.enum(EXCLUSION_KINDS),
  reason: z.string(),
  made_by: z.string().openapi({ example: "page" }),
  all_stores: z.boolean().openapi({ description: "Whether it is a rule for all stores." }),
}).openapi("TimelineExclusion");

const NotScheduled = z.object({
  because: z.enum(["closed", "special_date", "exclusion"]),
  special_date: SpecialDateOfTimeline.nullable().openapi({ description: "null if that is not the reason." }),
  exclusions: z.array(ExclusionOfTimeline).openapi({
    description: "All that hold here; none if that is not the reason.",
  }),
}).openapi("TimelineNotScheduled");

const StateOfTimeline = z.object({
  ...ends,
  state: z.enum(["up", "down", "unobserved", "closed", "excluded"]),
  counts_as: z.enum(["uptime", "downtime", "neither"]),
  length,
  poll: instant.nullable().openapi({ description: "The poll that decides; null if none does." }),
  not_scheduled: NotScheduled.nullable().openapi({
    description: "Why the store is not meant to be open; null if it is.",
  }),
}).openapi("TimelineState");

const OutageOfTimeline = z.object({
  ...ends,
  downtime: length.openapi({ description: "The part inside openings and inside the timeline." }),
  ongoing: z.boolean().openapi({ description: "Whether it was still down at as_of. Its end is then as_of." }),
}).openapi("Outage");

/** How a store's numbers are calculated. */
export const TimelineJson = z.object({
  store_id: z.string(),
  timezone: z.string(),
  is_default_timezone: z.boolean(),
  as_of: instant,
  method: z.enum(METHOD_NAMES),
  stale_after: z.string().openapi({ format: "duration", example: "PT2H" }),
  ...ends,
  openings: z.array(z.object(ends)),
  polls: z.array(PollOfTimeline),
  states: z.array(StateOfTimeline).openapi({ description: "Without gaps." }),
  outages: z.array(OutageOfTimeline),
  sum: Sum.openapi({ description: "Of the states." }),
  last_hour: Window,
  last_day: Window,
  last_week: Window,
}).openapi("Timeline");
