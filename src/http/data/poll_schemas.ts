import { z } from "@hono/zod-openapi";

const POLL = { $ref: "#/components/schemas/Poll" };

export const PollIn = z.object({
  store_id: z.string(),
  status: z.string().openapi({
    description: "active, up or online; inactive, down or offline; in any letter case.",
  }),
  timestamp_utc: z.union([z.string(), z.int()]).openapi({
    description:
      "As in the files: ISO 8601, in UTC if it has no zone; or whole seconds, milliseconds or microseconds since 1970.",
  }),
}).openapi("Poll", {
  example: { store_id: "8139926242460185114", status: "active", timestamp_utc: "2023-01-25T18:13:22.479220Z" },
});

/** Each poll is checked on its own later, because one bad poll must not reject the others. */
export const PollsIn = z.union([
  z.custom<z.input<typeof PollIn>>((value) => typeof value === "object" && value !== null && !Array.isArray(value))
    .openapi({ type: "object", allOf: [POLL] }),
  z.custom<z.input<typeof PollIn>[]>(Array.isArray).openapi({ type: "array", items: POLL }),
], { error: "must be a poll or an array of polls" });

/** A rejected row or poll. */
export const rejected = { column: z.string().nullable(), value: z.string().nullable(), reason: z.string() };
export const count = z.int().min(0);
export const notice = { code: z.string(), message: z.string(), count };

export const PollsJson = z.object({
  received: count,
  accepted: count,
  rejected: count,
  changed: count.openapi({ description: "Polls that were added or changed. Known polls change nothing." }),
  rejects: z.array(z.object({ position: count.openapi({ description: "From 0." }), ...rejected }))
    .openapi({ description: "The first 1,000." }),
  notices: z.array(z.object({ ...notice, first_position: count.openapi({ description: "From 0." }) }))
    .openapi({ description: "What was changed or dropped while the polls were read." }),
}).openapi("PollsResult");
