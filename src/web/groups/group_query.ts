import type { WindowName } from "../../domain/time/asked_window.ts";
import { withoutPrevious } from "../../domain/time/previous_window.ts";
import { mainWindow } from "../../domain/time/window_list.ts";

export const GROUP_SORTS = ["group", "stores", "uptime", "observed", "down", "change", "budget", "lost"] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

/** Which totals of groups somebody wants to see, as the address of the page says it. */
export interface GroupQuery {
  /** One of the windows that the report was asked for. */
  readonly window: WindowName;
  readonly sort: GroupSort;
  readonly descending: boolean;
  /** Not only the first ones. */
  readonly isAll: boolean;
  /** The whole query of the page, which links keep. */
  readonly given: URLSearchParams;
}

/** Reads a query; what cannot be understood is passed over. The worst groups come first if it names no order. */
export function readGroupQuery(given: URLSearchParams, windows: readonly WindowName[]): GroupQuery {
  const sort = GROUP_SORTS.find((key) => key === given.get("groups"));
  return {
    window: withoutPrevious(windows).find((name) => name === given.get("groups_window")) ?? mainWindow(windows),
    sort: sort ?? "uptime",
    descending: sort !== undefined && given.get("groups_dir") === "desc",
    isAll: given.get("groups_all") === "1",
    given,
  };
}

/** The address of the page with another view of its groups. */
export function groupAddress(path: string, query: GroupQuery, changes: Partial<GroupQuery>): string {
  const { window, sort, descending, isAll } = { ...query, ...changes };
  const parameters = new URLSearchParams(query.given);
  parameters.delete("page");
  parameters.set("groups_window", window);
  parameters.set("groups", sort);
  parameters.set("groups_dir", descending ? "desc" : "asc");
  if (isAll) parameters.set("groups_all", "1");
  else parameters.delete("groups_all");
  return `${path}?${parameters}#groups`;
}
