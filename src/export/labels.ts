import { partsOf, type Result, type StoreLabels } from "../domain/measures/result.ts";

/** What a report knew of a store beside its measures. What a store did not have is undefined. */
export interface Labels {
  readonly name: string | undefined;
  readonly tags: Tags;
  /** Decimal digits. */
  readonly targetPercent: string | undefined;
  readonly salesPerHour: string | undefined;
}

export type Tags = Readonly<Record<string, string>>;

const NO_TAGS: Tags = tagsFrom([]);

/** Has the tags alone: a store without a tag `constructor` must not seem to have one. */
function tagsFrom(entries: readonly (readonly [key: string, value: string])[]): Tags {
  const tags: Record<string, string> = Object.create(null);
  for (const [key, value] of entries) tags[key] = value;
  return tags;
}

/**
 * Reads the labels of a result, row by row.
 *
 * @param ofReport the target of stores that have none of their own
 */
export function labelsReader(result: Result, ofReport: string | undefined): (row: number) => Labels {
  const reader = (name: keyof StoreLabels) => {
    const texts = result.text(name);
    return (row: number) => texts?.[row] || undefined;
  };
  const [name, tags] = [reader("name"), tagsReader(result)];
  const [target, sales] = [reader("target_percent"), reader("sales_per_hour")];
  return (row) => ({
    name: name(row),
    tags: tags(row),
    targetPercent: target(row) ?? ofReport,
    salesPerHour: sales(row),
  });
}

/** Few combinations of tags occur many times, so each is parsed once. */
export function tagsReader(result: Result): (row: number) => Tags {
  const texts = result.text("tags");
  const known = new Map<string, Tags>([["", NO_TAGS]]);
  return (row) => {
    const text = texts?.[row] ?? "";
    const tags = known.get(text) ?? parseTags(text);
    known.set(text, tags);
    return tags;
  };
}

function parseTags(text: string): Tags {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== "object" || parsed === null) throw new TypeError(`Expected tags as an object, not ${text}`);
  return tagsFrom(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
}

/** The keys of all tags of a result, sorted. */
export function tagKeysOf(result: Result): string[] {
  const texts = new Set<string>();
  for (const part of partsOf(result)) for (const text of part.text("tags") ?? []) texts.add(text);
  texts.delete("");
  return [...new Set([...texts].flatMap((text) => Object.keys(parseTags(text))))].sort();
}
