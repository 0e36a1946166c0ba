import { z } from "@hono/zod-openapi";
import { instantOut } from "../kit/schemas.ts";

const micros = z.int().min(0).nullable();
const unknown = z.null().openapi({ description: "Not known to reports yet." });

/** A line of `rows.ndjson`. What the report does not know is null. */
export const RowJson = z.object({
  store_id: z.string().openapi({ example: "8139926242460185114" }),
  name: unknown,
  timezone: z.string().nullable().openapi({ description: "The one that was used.", example: "America/Chicago" }),
  window: z.string().openapi({ example: "last_week" }),
  from: instantOut,
  to: instantOut.openapi({ description: "Not part of the window any more." }),
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
  target_percent: unknown,
  budget_us: unknown,
  sales_per_hour: unknown,
  lost_sales: unknown,
  warnings: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
}).openapi("Row");
