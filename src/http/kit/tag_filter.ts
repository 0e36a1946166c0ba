import { z } from "@hono/zod-openapi";
import { parseTagFilter, TAG_FILTER_FORM, type TagFilter, whyNoFilter } from "../../domain/tag_filter.ts";

const WHERE =
  "Stores with tags: region:West,region:East,brand:Wraps. All keys must match, any value of a key. The first colon ends " +
  "the key; a comma separates only if a key and a colon follow. It may be given several times.";

/** Stores by their tags, in a query. */
export const whereQuery = z.union([z.string(), z.array(z.string())], { error: `must be ${TAG_FILTER_FORM}` })
  .transform((given, context): TagFilter => {
    const filter = parseTagFilter([given].flat());
    if (typeof filter !== "string") return filter;
    context.addIssue({ code: "custom", message: filter });
    return z.NEVER;
  })
  .optional()
  .openapi({ type: "string", example: "region:West,region:East", description: WHERE });

/** The same in a body: `{"region": ["West", "East"]}`. */
export const WhereIn = z.record(z.string(), z.array(z.string()), { error: 'must be tags such as {"region": ["West"]}' })
  .superRefine((filter, context) => {
    const reason = whyNoFilter(filter);
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
  });
