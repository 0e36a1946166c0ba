import { isTagKey, TAG_KEY_FORM } from "./tag_filter.ts";

export const MOST_GROUP_KEYS = 5;

/** How to write the keys of groups in a query. */
export const GROUP_BY_FORM = `at most ${MOST_GROUP_KEYS} tags such as region,brand`;

/** What is wrong with the tags by which totals are grouped; undefined if nothing is. */
export function whyNoGroups(keys: readonly string[]): string | undefined {
  if (keys.length > MOST_GROUP_KEYS) return `must be ${GROUP_BY_FORM}`;
  const wrong = keys.find((key) => !isTagKey(key));
  if (wrong !== undefined) return `"${wrong}" is not a tag: a tag is ${TAG_KEY_FORM}`;
  return new Set(keys).size < keys.length ? "must name each tag once" : undefined;
}
