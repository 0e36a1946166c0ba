import { z } from "@hono/zod-openapi";
import { GROUP_BY_FORM, whyNoGroups } from "../../domain/tags/group_by.ts";
import { parseTarget, TARGET_FORM } from "../../domain/targets/target.ts";
import { COMPARISONS } from "../../domain/report_request.ts";
import { whereAnyhow, whereQuery } from "./tag_filter.ts";

/** The parameters that choose the stores of a report and put them together, each of which can be left out. */

const groupBy = z.union([z.string(), z.array(z.string())], { error: `must be ${GROUP_BY_FORM}` })
  .transform((given) => [given].flat().flatMap((keys) => keys.split(",")).map((key) => key.trim()))
  .superRefine((keys, context) => {
    const reason = whyNoGroups(keys);
    if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
  });

const GROUP_BY = "Tags by which totals are grouped. Stores without a tag are a group of their own.";

const compare = z.enum(COMPARISONS, { error: `must be ${COMPARISONS.join(", ")}` }).optional().openapi({
  description:
    "previous: also measures the window before each one. Its name is the window's name followed by .previous.",
});

const TARGET = `must be ${TARGET_FORM}`;

/** A double keeps four decimals of a number up to 100. */
const targetPercent = z.union([z.string(), z.number()], { error: TARGET })
  .transform((given, context) => {
    const target = parseTarget(String(given));
    if (target !== undefined) return target;
    context.addIssue({ code: "custom", message: TARGET });
    return z.NEVER;
  })
  .optional()
  .openapi({
    type: "number",
    minimum: 0,
    maximum: 100,
    example: 99.5,
    description: "The uptime that stores should reach, in percent. A store's own target wins.",
  });

export const selectionInBody = {
  where: whereAnyhow,
  group_by: groupBy.optional().openapi({
    type: "array",
    items: { type: "string" },
    example: ["region"],
    description: GROUP_BY,
  }),
  compare,
  target_percent: targetPercent,
};

export const selectionInQuery = {
  where: whereQuery,
  group_by: groupBy.optional().openapi({
    type: "string",
    example: "region",
    description: `${GROUP_BY} Separated by commas.`,
  }),
  compare,
  target_percent: targetPercent,
};
