import type { Result } from "../../domain/measures/result.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Labels } from "../../export/labels.ts";
import type { ReportLabels } from "./report_labels.ts";

/** The stores of a report whose name or a tag has a text, in any letter case. A text with a colon also finds a tag with its key. */
export function storesNamed({ storeIds }: Result, labels: ReportLabels, text: string): Set<string> {
  const part = text.toLowerCase();
  return new Set(storeIds.filter((_, row) => isNamed(labels.of(row), part)));
}

function isNamed({ name = "", tags }: Labels, part: string): boolean {
  if (name.toLowerCase().includes(part)) return true;
  return Object.entries(tags).some(([key, value]) => {
    const text = part.includes(":") ? `${key}:${value.toLowerCase()}` : value.toLowerCase();
    return text.includes(part);
  });
}

/** Which stores: those with some tags, and without some others. */
export interface WantedTags {
  readonly filter: TagFilter | undefined;
  readonly without?: readonly string[];
}

/** The stores of a report that had some tags. */
export function storesTagged({ storeIds }: Result, labels: ReportLabels, wanted: WantedTags): Set<string> {
  const { filter = {}, without = [] } = wanted;
  const conditions = Object.entries(filter).map(([key, values]) => [key, new Set(values)] as const);
  return new Set(storeIds.filter((_, row) => {
    const { tags } = labels.of(row);
    return conditions.every(([key, values]) => values.has(tags[key] ?? "")) &&
      without.every((key) => tags[key] === undefined);
  }));
}
