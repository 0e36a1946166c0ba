import { whyNoGroups } from "../../domain/tags/group_by.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { formatDate } from "../../domain/time/instant.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import { parseWindow } from "../../domain/time/parse_window.ts";
import { type AskedTags, readTags, withTags } from "../tags/asked_tags.ts";

/** How many dates a trend may have. */
export const PERIODS = [30, 90, 365] as const;

export type PeriodDays = (typeof PERIODS)[number];

/** What the address of a trend asks for. */
export interface AskedTrend {
  readonly days: PeriodDays;
  readonly tags: AskedTags;
  readonly groupBy: readonly string[];
  readonly storeId: string | undefined;
  /** One date in place of a period. */
  readonly date: EpochDay | undefined;
}

/** Reads an address. Values that are not valid are left out. */
export function readAsked(given: URLSearchParams): AskedTrend {
  const groupBy = given.getAll("group_by").flatMap((text) => text.split(",")).filter((key) => key !== "");
  const asked = parseWindow(given.get("date") ?? "");
  return {
    days: PERIODS.find((days) => String(days) === given.get("days")) ?? 30,
    tags: readTags(given),
    groupBy: whyNoGroups(groupBy) === undefined ? groupBy : [],
    storeId: given.get("store") || undefined,
    date: !(asked instanceof RangeError) && asked.kind === "dates" && asked.end === asked.first + 1
      ? asked.first
      : undefined,
  };
}

/** What of an address changes. */
export type TrendChange = Partial<Omit<AskedTrend, "tags">> & { readonly filter?: TagFilter | undefined };

/** The address of a trend, with some parts changed. A date has no groups. */
export function trendAddress(asked: AskedTrend, change: TrendChange = {}): string {
  const { days, groupBy, storeId, date } = { ...asked, ...change };
  const parameters = new URLSearchParams();
  if (storeId !== undefined) parameters.set("store", storeId);
  if (date !== undefined) parameters.set("date", formatDate(date));
  if (days !== 30) parameters.set("days", String(days));
  if (groupBy.length > 0) parameters.set("group_by", groupBy.join(","));
  const text = parameters.toString();
  const filter = "filter" in change ? change.filter : asked.tags.filter;
  return withTags(text === "" ? "/trends" : `/trends?${text}`, filter);
}
