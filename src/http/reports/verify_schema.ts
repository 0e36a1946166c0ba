import { z } from "@hono/zod-openapi";
import { MEASURES } from "../../domain/measures/measures.ts";
import { STORE_CAUSES } from "../../report/verify/difference.ts";
import { instantOut } from "../kit/schemas.ts";

const COLUMNS = [
  ...MEASURES,
  "from",
  "to",
  "timezone",
  "name",
  "tags",
  "target_percent",
  "sales_per_hour",
] as const;

const value = z.union([z.int(), z.string(), z.record(z.string(), z.string())]).nullable();

const DifferenceJson = z.object({
  store_id: z.string(),
  window: z.string().openapi({ example: "last_week" }),
  measure: z.enum(COLUMNS),
  then: value.openapi({ description: "In the report. Lengths are whole microseconds.", example: 3_600_000_000 }),
  now: value.openapi({ description: "In the report as it comes out now.", example: 3_540_000_000 }),
}).openapi("Difference");

const count = z.int().min(0);

const StoreDifferenceJson = z.object({
  store_id: z.string(),
  because: z.array(z.enum(STORE_CAUSES)).openapi({ description: "What changed for this store." }),
  polls: z.object({
    used_then: count,
    used_now: count,
    late: z.object({ count, first: instantOut, last: instantOut }).nullable().openapi({
      description: "The polls that came after the report, if they lie in one stretch of time; null if they do not.",
    }),
  }).nullable().openapi({ description: "Null if the polls used did not change." }),
  changes: z.array(z.object({
    at: instantOut,
    actor: z.string(),
    action: z.string().openapi({ example: "hours.put" }),
    subject: z.string().nullable().openapi({ description: "Such as the id of an import or an exclusion." }),
  })).openapi({
    description: "The latest changes in the audit since the report was started. Live polls are not in it.",
  }),
}).openapi("StoreDifference");

export const VerificationJson = z.object({
  same: z.boolean().openapi({ description: "Whether all rows are equal." }),
  rows_differ: count,
  differences: z.array(DifferenceJson).openapi({
    description: "The first 20, in the order of rows. A row that is missing on one side is one of them.",
  }),
  because: z.object({
    polls: z.boolean().openapi({ description: "Polls that the report uses came, went or changed." }),
    calendars: z.boolean().openapi({ description: "Zones, hours, special hours or exclusions changed." }),
    tzdata: z.boolean().openapi({ description: "Other zone rules are in use." }),
    version: z.boolean().openapi({ description: "Another version of Storewatch is running." }),
    tags: z.boolean().openapi({ description: "Names, tags, targets, sales changed, or stores came or went." }),
  }).openapi({ description: "What changed, even if no row differs because of it." }),
  stores_differ: count,
  stores: z.array(StoreDifferenceJson).openapi({ description: "The first 20 stores whose rows differ." }),
}).openapi("Verification");
