import { z } from "@hono/zod-openapi";
import { MOST_OPENINGS } from "../../actions/calendar/read_times.ts";
import { DATE_OF_CALENDAR } from "../../ingest/values/date.ts";
import { Unreadable } from "../../ingest/values/value.ts";

/** What requests and answers say of weekly hours and special hours. */

export const StoreParams = z.object({ store_id: z.string().openapi({ example: "8139926242460185114" }) });

const DATE = "must be a date such as 2026-12-25";

export const dateIn = z.string({ error: DATE }).superRefine((text, context) => {
  const date = DATE_OF_CALENDAR.read(text, () => {});
  if (date instanceof Unreadable) context.addIssue({ code: "custom", message: date.reason });
}).openapi({ format: "date", example: "2026-12-25" });

const TIME = "must be a time such as 09:00 or 17:30:00; from 24:00 to 47:59 it is on the next day";

const timeIn = z.string({ error: TIME }).regex(/^[0-4]\d:[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/, TIME).openapi({
  example: "09:00",
});

const timesIn = { start_time_local: timeIn, end_time_local: timeIn };
const timesOut = {
  start_time_local: z.string().openapi({ example: "09:00:00" }),
  end_time_local: z.string().openapi({ example: "17:00:00" }),
};

/** A list whose rest is not looked at if it is too long. */
// deno-lint-ignore explicit-module-boundary-types -- the schema is inferred
export function shortList<Item extends z.ZodType>(item: Item, most: number, what: string) {
  const LIST = `must be a list of at most ${most} ${what}`;
  return z.preprocess(
    (list) => Array.isArray(list) ? list.slice(0, most + 1) : list,
    z.array(item, { error: LIST }).max(most, LIST),
  );
}

const day = z.int({ error: "must be 0 (Monday) to 6 (Sunday)" }).min(0).max(6).openapi({
  description: "0 = Monday … 6 = Sunday",
});

export const HoursBody = z.strictObject({
  hours: shortList(z.strictObject({ day, ...timesIn }), MOST_OPENINGS, "rows"),
}, { error: "must be an object" }).openapi("HoursBody", {
  example: { hours: [{ day: 0, start_time_local: "09:00", end_time_local: "17:00" }] },
});

export const HoursJson = z.object({
  store_id: z.string(),
  versions: z.array(z.object({
    valid_from: z.string().nullable().openapi({
      description: "The local date from which these hours hold; null: they have no beginning.",
      example: "2026-03-01",
    }),
    hours: z.array(z.object({ day, ...timesOut })).openapi({ description: "If empty, the store is closed." }),
  })).openapi({ description: "In the order of their dates. If empty, the store is always open." }),
}).openapi("Hours");

export const SpecialHoursBody = z.strictObject({
  openings: shortList(z.strictObject(timesIn), MOST_OPENINGS, "openings"),
  reason: z.string().nullable().optional(),
}, { error: "must be an object" }).openapi("SpecialHoursBody", { example: { openings: [], reason: "Christmas" } });

const special = {
  date: z.string().openapi({ format: "date", example: "2026-12-25" }),
  openings: z.array(z.object(timesOut)).openapi({ description: "If empty, the store is closed all day." }),
  reason: z.string().nullable(),
};

export const SpecialHoursJson = z.object({ store_id: z.string(), ...special }).openapi("SpecialHours");

export const SpecialHoursPage = z.object({
  store_id: z.string(),
  special_hours: z.array(z.object({
    ...special,
    for_all: z.boolean().openapi({
      description: "Whether it is a rule for all stores, and this one has none of its own.",
    }),
  })),
  next_cursor: z.string().nullable(),
}).openapi("SpecialHoursPage");
