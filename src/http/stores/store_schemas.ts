import { z } from "@hono/zod-openapi";
import { STORE_STATES } from "../../domain/store_state.ts";
import { instantOut } from "../kit/schemas.ts";

/** What answers say of stores. */

const latestPoll = z.object({ status: z.enum(["active", "inactive"]), timestamp_utc: instantOut }).nullable();

export const stateQuery = z.enum(STORE_STATES, { error: `must be one of ${STORE_STATES.join(", ")}` }).optional()
  .openapi({ description: "Stores in this state only." });

/** A store at the latest poll of all stores. */
const stateFields = {
  state: z.enum(STORE_STATES).nullable().openapi({
    description:
      "closed: outside its hours, or excluded. silent: no poll in the day before. Else up or down by its last poll. " +
      "All at the latest poll of all stores; null if there are no polls.",
  }),
  since: instantOut.nullable().openapi({
    description:
      "up, down: the first of the polls that say so without a break. silent: the last poll. closed: when it closed. " +
      "null if that is not known.",
  }),
  down_us_today: z.int().min(0).openapi({
    description:
      "Microseconds of its business hours outside exclusions since local midnight that came after an inactive poll, before the next one.",
  }),
  latest_poll: latestPoll,
};

const tags = z.record(z.string(), z.string()).openapi({ example: { region: "West", brand: "Wraps" } });

export const StorePage = z.object({
  as_of: instantOut.nullable().openapi({ description: "The latest poll of all stores, at which states hold." }),
  states: z.object({ up: z.int(), down: z.int(), silent: z.int(), closed: z.int() })
    .openapi({ description: "How many of all stores are in each state." }),
  stores: z.array(z.object({
    store_id: z.string(),
    name: z.string().nullable(),
    timezone: z.string(),
    tags,
    ...stateFields,
  })),
  next_cursor: z.string().nullable(),
  rounded: z.boolean().openapi({
    description: "Whether q is a rounded id. The list then has the stores that match it.",
  }),
}).openapi("StorePage");

export const StoreJson = z.object({
  store_id: z.string(),
  name: z.string().nullable(),
  timezone: z.string(),
  is_default_timezone: z.boolean().openapi({
    description: "Whether the store has no time zone, so the default counts.",
  }),
  tags,
  sales_per_hour: z.number().nullable(),
  target_percent: z.number().nullable(),
  hours: z.array(z.object({
    day: z.int().min(0).max(6).openapi({ description: "0 = Monday … 6 = Sunday" }),
    start_time_local: z.string(),
    end_time_local: z.string(),
  })).openapi({
    description:
      "Those that hold on the store's date of the latest poll of all stores. If empty, the store is then open day and night, or closed.",
  }),
  always_closed: z.boolean().openapi({ description: "Whether these hours say that it never opens." }),
  ...stateFields,
  warnings: z.array(z.object({
    code: z.string().openapi({ example: "hours_rejected" }),
    message: z.string(),
    since: instantOut,
    import_id: z.uuid().nullable().openapi({ description: "The latest import that rejected rows of the store." }),
  })).openapi({ description: "Rejected rows of the store, until an import brings good ones." }),
}).openapi("Store");

const TEXT = "must be a text, or null to remove it";
const NUMBER = "must be a number, or null to remove it";

export const StorePatch = z.strictObject({
  name: z.string({ error: TEXT }).nullable().optional(),
  timezone: z.string({ error: TEXT }).nullable().optional(),
  tags: z.record(z.string(), z.string({ error: TEXT }).nullable(), { error: "must be an object" }).optional(),
  sales_per_hour: z.number({ error: NUMBER }).nullable().optional(),
  target_percent: z.number({ error: NUMBER }).nullable().optional(),
}, { error: "must be an object" }).openapi("StorePatch", {
  example: { name: "Corner of 5th", timezone: "America/New_York", tags: { region: "East", brand: null } },
});
