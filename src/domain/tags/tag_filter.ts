/** Stores by their tags: each key must match, by any of its values. A store without the key does not match. */
export type TagFilter = Readonly<Record<string, readonly string[]>>;

const KEY = "[a-z][a-z0-9_]{0,31}";
const IS_KEY = new RegExp(`^${KEY}$`);

export const TAG_KEY_FORM = "a small letter and up to 31 small letters, digits or _";

export function isTagKey(text: string): boolean {
  return IS_KEY.test(text);
}

/** A comma separates two conditions only if a key and a colon follow. */
const NEXT = new RegExp(`,(?=${KEY}:)`);

export const MOST_TAG_KEYS = 5;
export const MOST_TAG_VALUES = 50;
const LONGEST_VALUE = 64;

/** How to write a filter in a query. */
export const TAG_FILTER_FORM = "a tag and a value such as region:West, several separated by commas";

/**
 * Reads a filter as a query writes it: `region:West,region:East`. The first colon ends the key.
 *
 * @returns why it cannot be read, as a text
 */
export function parseTagFilter(texts: readonly string[]): TagFilter | string {
  const found = new Map<string, string[]>();
  for (const text of texts.flatMap((each) => each.split(NEXT))) {
    const end = text.indexOf(":");
    if (end === -1) return `must be ${TAG_FILTER_FORM}`;
    const key = text.slice(0, end);
    found.set(key, [...found.get(key) ?? [], text.slice(end + 1)]);
  }
  const filter = Object.fromEntries(found);
  return whyNoFilter(filter) ?? filter;
}

/** What is wrong with a filter; `undefined` if nothing is. */
export function whyNoFilter(filter: TagFilter): string | undefined {
  const entries = Object.entries(filter);
  if (entries.length === 0) return "must name at least one tag";
  if (entries.length > MOST_TAG_KEYS) return `must have at most ${MOST_TAG_KEYS} keys`;
  for (const [key, values] of entries) {
    if (!isTagKey(key)) return `must have keys of ${TAG_KEY_FORM}`;
    if (values.length === 0 || values.length > MOST_TAG_VALUES) return `must have 1 to ${MOST_TAG_VALUES} values a key`;
    if (!values.every(isValue)) return `must have values of 1 to ${LONGEST_VALUE} characters`;
  }
  return undefined;
}

function isValue(value: string): boolean {
  return value !== "" && value.length <= 2 * LONGEST_VALUE && [...value].length <= LONGEST_VALUE &&
    !value.includes("\0") && value.isWellFormed();
}

/** The same filter in one way of writing it: keys and values in order, each value once. */
export function tidyFilter(filter: TagFilter): TagFilter {
  return Object.fromEntries(
    Object.keys(filter).sort().map((key) => [key, [...new Set(filter[key])].sort()]),
  );
}

/** A filter as a query writes it: `region:West,region:East`. */
export function filterText(filter: TagFilter): string {
  return Object.entries(filter).flatMap(([key, values]) => values.map((value) => `${key}:${value}`)).join(",");
}
