import { z } from "@hono/zod-openapi";
import { parseTagFilter, TAG_FILTER_FORM, type TagFilter, whyNoFilter } from "../../domain/tags/tag_filter.ts";

const WHERE =
  "Stores with tags: region:West,region:East,brand:Wraps. All keys must match, any value of a key. The first colon ends " +
  "the key; a comma separates only if a key and a colon follow. It may be given several times.";

/** Stores by their tags, in a query. */
export const whereQuery = z.union([z.string(), z.array(z.string())], { error: `must be ${TAG_FILTER_FORM}` })
  .transform(readFilter)
  .optional()
  .openapi({ type: "string", example: "region:West,region:East", description: WHERE });

const TAGS = 'tags such as {"region": ["West"]}';
// A record of zod would drop a key __proto__, and with it a condition that somebody asked for.
const tagLists = z.custom<TagFilter>(isTagLists, { error: `must be ${TAGS}` }).openapi({
  type: "object",
  additionalProperties: { type: "array", items: { type: "string" } },
});

function isTagLists(given: unknown): given is TagFilter {
  return typeof given === "object" && given !== null && !Array.isArray(given) &&
    Object.values(given).every((values) => Array.isArray(values) && values.every((value) => typeof value === "string"));
}

/** The same in a body: `{"region": ["West", "East"]}`. */
export const WhereIn = tagLists.superRefine((filter, context) => {
  const reason = whyNoFilter(filter);
  if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
});

/** The same in a body that may come from a form. */
export const whereAnyhow = z.union([z.string(), z.array(z.string()), tagLists], {
  error: `must be ${TAGS}, or ${TAG_FILTER_FORM}`,
})
  .transform(readFilter)
  .optional()
  .openapi({
    type: "object",
    additionalProperties: { type: "array", items: { type: "string" } },
    example: { region: ["West", "East"] },
    description: "Only stores with these tags: all keys must match, any value of a key. All stores if not given.",
  });

function readFilter(given: string | string[] | TagFilter, context: z.RefinementCtx): TagFilter {
  const filter = isTexts(given) ? parseTagFilter([given].flat()) : whyNoFilter(given) ?? given;
  if (typeof filter !== "string") return filter;
  context.addIssue({ code: "custom", message: filter });
  return z.NEVER;
}

function isTexts(given: string | string[] | TagFilter): given is string | string[] {
  return typeof given === "string" || Array.isArray(given);
}
