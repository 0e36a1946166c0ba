import type { KnownStores } from "../../db/stores/fleet_facts.ts";
import type { TagValue, TagValues } from "../../db/tags/tags.ts";
import type { Result } from "../../domain/measures/result.ts";
import { type Labels, labelsReader } from "../../export/labels.ts";

/** What a report knew of its stores. Names and tags that changed since do not change the report. */
export interface ReportLabels {
  of(row: number): Labels;
  /** The zone that was used. */
  timezoneOf(row: number): string;
  /** The tags that a page can offer as choices. */
  readonly choices: TagValues;
  readonly timezones: readonly string[];
  readonly hasTargets: boolean;
  readonly hasSales: boolean;
}

/** A tag with more values, such as an address, is no choice for people. */
const MOST_CHOICES = 50;

/**
 * Reads what a result says of its stores.
 *
 * @param target the target of stores that have none of their own
 * @returns undefined if the version that made the report did not keep it
 */
export function reportLabels(result: Result, target: string | undefined): ReportLabels | undefined {
  const [names, timezones] = [result.text("name"), result.text("timezone")];
  if (names === undefined || timezones === undefined) return undefined;
  const of = labelsReader(result, target);
  const has = (name: "target_percent" | "sales_per_hour") => result.text(name)?.some((text) => text !== "") === true;
  return {
    of,
    timezoneOf: (row) => timezones[row] ?? "",
    choices: tagChoices(result, of),
    timezones: [...new Set(timezones)].sort(),
    hasTargets: target !== undefined || has("target_percent"),
    hasSales: has("sales_per_hour"),
  };
}

function tagChoices({ storeIds }: Result, labelsOf: ReportLabels["of"]): TagValues {
  const counts = new Map<string, Map<string, number>>();
  for (const row of storeIds.keys()) {
    for (const [key, value] of Object.entries(labelsOf(row).tags)) {
      const values = counts.get(key) ?? new Map<string, number>();
      values.set(value, (values.get(value) ?? 0) + 1);
      counts.set(key, values);
    }
  }
  const few = [...counts].filter(([, values]) => values.size <= MOST_CHOICES);
  return new Map(few.sort(byFirst).map(([key, values]) => [key, [...values].sort(byFirst).map(valueOf)]));
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function valueOf([value, stores]: readonly [string, number]): TagValue {
  return { value, stores };
}

/** Some stores as the report knew them. Of hours, only what is known today is kept. */
export function knownAtReport(
  labels: ReportLabels | undefined,
  stores: Iterable<readonly [storeId: string, row: number]>,
  today: KnownStores,
): KnownStores {
  if (labels === undefined) return today;
  return new Map(Array.from(stores, ([storeId, row]) => {
    const hasHours = today.get(storeId)?.hasHours ?? true;
    return [storeId, { name: labels.of(row).name, timezone: labels.timezoneOf(row), hasHours }];
  }));
}
