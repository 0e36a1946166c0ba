import { z } from "@hono/zod-openapi";
import { MOST_STORES_GIVEN } from "../../actions/calendar/choose_stores.ts";
import { EXCLUSION_KINDS } from "../../domain/openings/exclusion.ts";
import { actorOut, EXAMPLE_ID, instantOut } from "../kit/schemas.ts";
import { WhereIn } from "../parameters/tag_filter.ts";
import { shortList } from "./calendar_schemas.ts";

/** What requests and answers say of exclusions. */

const KIND = `must be one of ${EXCLUSION_KINDS.join(", ")}`;
const kind = z.enum(EXCLUSION_KINDS, { error: KIND });

const END =
  "must be a date and a time such as 2026-12-24T18:00, in each store's local time; or with Z or an offset behind it";
const end = z.string({ error: END }).openapi({
  example: "2026-12-24T18:00",
  description: "In each store's local time, or with Z or an offset. Both ends are written in the same way.",
});

const reason = z.string({ error: "must be a text" }).openapi({ example: "Kitchen renovation" });

const stores = shortList(z.string({ error: "must be the id of a store" }), MOST_STORES_GIVEN, "store ids").openapi({
  type: "array",
  items: { type: "string" },
  maxItems: MOST_STORES_GIVEN,
  example: ["8139926242460185114"],
  description: 'Ids of stores. ["*"] alone is a rule for all stores, also for those that come later.',
});

const where = WhereIn.openapi({
  example: { region: ["West", "East"] },
  description: "The stores that have these tags now, instead of stores. Later changes of tags do not matter.",
});

const object = { error: "must be an object" };

export const ExclusionBody = z.strictObject(
  { stores: stores.optional(), where: where.optional(), from: end, to: end, kind, reason },
  object,
).openapi("ExclusionBody", {
  example: {
    stores: ["8139926242460185114"],
    from: "2026-12-24T18:00",
    to: "2026-12-27T06:00",
    kind: "planned",
    reason: "Kitchen renovation",
  },
});

export const ExclusionPatch = z.strictObject({
  stores: stores.optional(),
  where: where.optional(),
  from: end.optional(),
  to: end.optional(),
  kind: kind.optional(),
  reason: reason.optional(),
}, object).openapi("ExclusionPatch", { example: { to: "2026-12-28T06:00" } });

const shownEnd = z.string().openapi({
  example: "2026-12-24T18:00:00",
  description: "In UTC with Z, or without a zone in each store's local time.",
});

const exclusion = {
  exclusion_id: z.uuid().openapi({ example: EXAMPLE_ID }),
  stores_total: z.int().min(0).openapi({ description: "The stores that it is for." }),
  for_all: z.boolean().openapi({ description: "Whether it is a rule for all stores, also for those that come later." }),
  from: shownEnd,
  to: shownEnd,
  kind: z.enum(EXCLUSION_KINDS),
  reason: z.string(),
  made_at: instantOut,
  made_by: actorOut,
  withdrawn_at: instantOut.nullable(),
  withdrawn_by: actorOut.nullable(),
};

export const ExclusionJson = z.object({
  ...exclusion,
  stores: z.array(z.string()).openapi({
    description: "The first 100, in the order of ids. None for a rule for all stores.",
  }),
}).openapi("Exclusion");

export const ExclusionPage = z.object({
  exclusions: z.array(z.object(exclusion)),
  next_cursor: z.string().nullable(),
}).openapi("ExclusionPage");

export const kindQuery = kind.optional();
