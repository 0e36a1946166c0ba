import { type TagFilter, tidyFilter } from "../tags/tag_filter.ts";

/** What both filters find: an asked one within what somebody sees. */
export function narrowed(asked: TagFilter | undefined, seen: TagFilter): TagFilter {
  if (asked === undefined) return tidyFilter(seen);
  const keys = Object.keys({ ...asked, ...seen });
  return tidyFilter(Object.fromEntries(keys.map((key) => [key, common(asked[key], seen[key])])));
}

/** Undefined means any value. */
function common(some: readonly string[] | undefined, others: readonly string[] | undefined): readonly string[] {
  if (some === undefined || others === undefined) return some ?? others ?? [];
  return some.filter((value) => others.includes(value));
}

/** Whether a filter is the same as another or narrower, by what they say: whatever stores there are. */
export function isWithin(narrow: TagFilter | undefined, wide: TagFilter | undefined): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  return Object.entries(wide).every(([key, values]) =>
    narrow[key] !== undefined && narrow[key].every((value) => values.includes(value))
  );
}
