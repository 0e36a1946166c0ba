import { z } from "@hono/zod-openapi";
import { instantOut } from "../kit/schemas.ts";

const micros = z.int().min(0).nullable();
const amount = z.number().min(0).nullable();

const measures = {
  scheduled_us: micros,
  excluded_us: micros,
  up_us: micros,
  down_us: micros,
  unknown_us: micros,
  observed_us: micros,
  up_low_us: micros.openapi({ description: "The least uptime that the polls allow." }),
  up_high_us: micros.openapi({ description: "The most uptime that the polls allow." }),
  outages: micros.openapi({ description: "How many have some downtime in the window." }),
  longest_outage_us: micros,
};

/** A line of `rows.ndjson`. What the report does not know is null. */
export const RowJson = z.object({
  store_id: z.string().openapi({ example: "8139926242460185114" }),
  name: z.string().nullable(),
  timezone: z.string().nullable().openapi({ description: "The time zone that was used.", example: "America/Chicago" }),
  window: z.string().openapi({ example: "last_week" }),
  from: instantOut,
  to: instantOut.openapi({ description: "The end of the window, which does not belong to it." }),
  ...measures,
  target_percent: z.number().min(0).max(100).nullable().openapi({
    description: "The store's own target, or else the report's.",
  }),
  budget_us: z.int().nullable().openapi({
    description: "How much more downtime the target allows; below 0 if it is missed.",
  }),
  sales_per_hour: amount,
  lost_sales: amount.openapi({ description: "Hours of downtime × sales_per_hour, rounded to two digits." }),
  warnings: z.array(z.string()),
  tags: z.record(z.string(), z.string()).openapi({ description: "The store's tags when the report was made." }),
}).openapi("Row");

const group = z.union([z.literal("*"), z.record(z.string(), z.string().nullable())]).openapi({
  description: "* for all stores together; else the values of the tags, null where the stores have none.",
  example: { region: "West" },
});

/** A line of `totals.ndjson`. What the report does not know is null. */
export const TotalJson = z.object({
  group,
  window: z.string().openapi({ example: "last_week" }),
  stores: z.int().min(0),
  ...measures,
  longest_outage_us: micros.openapi({ description: "The longest outage of a store of the group." }),
  target_percent: z.number().min(0).max(100).nullable().openapi({
    description: "Null unless all stores of the group have the same one.",
  }),
  budget_us: z.int().nullable().openapi({
    description: "How much more downtime the targets allow, over the stores that have one; below 0 if they are missed.",
  }),
  lost_sales: amount.openapi({ description: "Over the stores that have sales, rounded to two digits once." }),
}).openapi("Total");
