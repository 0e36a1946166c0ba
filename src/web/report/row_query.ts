import { isTagKey } from "../../domain/tags/tag_filter.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { CLASSIC_WINDOWS } from "../../domain/time/window_list.ts";
import { presetKey, rowColumns } from "./row_columns.ts";
import { type AskedTags, readTags, withTags } from "../tags/asked_tags.ts";

/** `store_id`, `share`, `observed`, `change`, or the key of a column. */
export type SortKey = string;

function sortKeys(windows: readonly WindowName[]): SortKey[] {
  const { main, others } = rowColumns(windows);
  return ["store_id", "share", "observed", "change", ...[...main, ...others].map(({ key }) => key)];
}

/** Which rows of a report somebody wants to see, as the address of the page says it. */
export interface RowQuery {
  /** The windows of the report. */
  readonly windows: readonly WindowName[];
  readonly sort: SortKey;
  readonly descending: boolean;
  /** A part of the id, the name or a tag, in any letter case. */
  readonly q: string;
  readonly tags: AskedTags;
  /** Tags that a store must not have. */
  readonly without: readonly string[];
  readonly zone: string;
  /** Percent of uptime in the main window: at least `min`, and below `max`. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Percent of the main window's business hours that were observed: at least, and below. */
  readonly observedMin: number | undefined;
  readonly observedMax: number | undefined;
  /** Only stores without data. */
  readonly silent: boolean;
  /** Only stores that are open at as-of. */
  readonly openNow: boolean;
  /** From 1. */
  readonly page: number;
}

/** Reads a query; what cannot be understood is passed over. The stores that lost most come first if it names no order. */
export function readRowQuery(given: URLSearchParams, windows: readonly WindowName[] = CLASSIC_WINDOWS): RowQuery {
  const sort = sortKeys(windows).find((key) => key === given.get("sort"));
  const page = Number(given.get("page"));
  return {
    windows,
    sort: sort ?? presetKey(windows),
    descending: sort === undefined || given.get("dir") === "desc",
    q: (given.get("q") ?? "").trim(),
    zone: given.get("zone") ?? "",
    tags: readTags(given),
    without: given.getAll("without").filter(isTagKey),
    min: percentage(given.get("min")),
    max: percentage(given.get("max")),
    observedMin: percentage(given.get("observed_min")),
    observedMax: percentage(given.get("observed_max")),
    silent: given.get("silent") === "1",
    openNow: given.get("open") === "1",
    page: Number.isSafeInteger(page) && page >= 1 ? page : 1,
  };
}

function percentage(text: string | null): number | undefined {
  const number = text === null || text.trim() === "" ? NaN : Number(text);
  return number >= 0 && number <= 100 ? number : undefined;
}

/** The address of a query, with some of it changed. A change other than of the page leads to the first page. */
export function rowAddress(path: string, query: RowQuery, changes: Partial<RowQuery> = {}): string {
  const { sort, descending, q, zone, min, max, page, ...shown } = { ...query, page: 1, ...changes };
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | undefined) => value && parameters.set(name, value);
  set("q", q);
  set("zone", zone);
  set("min", min?.toString());
  set("max", max?.toString());
  set("observed_min", shown.observedMin?.toString());
  set("observed_max", shown.observedMax?.toString());
  set("silent", shown.silent ? "1" : "");
  set("open", shown.openNow ? "1" : "");
  if (sort !== presetKey(query.windows) || !descending) {
    set("sort", sort);
    set("dir", descending ? "desc" : "asc");
  }
  if (page > 1) set("page", String(page));
  for (const key of shown.without) parameters.append("without", key);
  return withTags(parameters.size === 0 ? path : `${path}?${parameters}`, shown.tags.filter);
}
