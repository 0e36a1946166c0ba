import type { JSX } from "hono/jsx/jsx-runtime";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { windowLabel, windowUnit, wordsBefore } from "../../domain/time/window_words.ts";
import type { ReportView } from "./report_cache.ts";
import { otherWindows, rowColumns, windowBefore } from "./row_columns.ts";
import { rowAddress, type RowQuery, type SortKey } from "./row_query.ts";

interface RowHeadProps {
  readonly query: RowQuery;
  readonly path: string;
  readonly view: Pick<ReportView, "labels" | "result">;
}

/** Bounds and coverage stand behind the main window: a phone has room for its hours beside its uptime. */
export function RowHead({ query, path, view: { labels, result } }: RowHeadProps): JSX.Element {
  const main = mainWindow(query.windows);
  const { main: mainColumns, others } = rowColumns(query.windows);
  const before = windowBefore(result.windows);
  const head = (sort: SortKey, label: string, rows?: number) => (
    <Head query={query} path={path} sort={sort} label={label} rows={rows} />
  );
  return (
    <thead>
      <tr>
        <Head query={query} path={path} sort="store_id" label="Store" rows={2} />
        <th scope="col" rowspan={2} class="wide">Time zone</th>
        <td rowspan={2} class="wide"></td>
        <Head query={query} path={path} sort="share" label={uptimeLabel(main)} rows={2} />
        <WindowHead window={main} unit />
        <WindowHead window={main} />
        {before !== undefined && head("change", `Points since ${wordsBefore(before)}`, 2)}
        {otherWindows(query.windows).map((window) => <WindowHead window={window} unit />)}
        {labels?.hasTargets && <th scope="col" rowspan={2} class="numeric">Target</th>}
        {labels?.hasTargets && <th scope="col" rowspan={2} class="numeric">Budget left, hours</th>}
        {labels?.hasSales && <th scope="col" rowspan={2} class="numeric">Lost sales</th>}
      </tr>
      <tr>
        {mainColumns.map(({ key, label }) => head(key, label))}
        <th scope="col" class="numeric">between, %</th>
        {head("observed", "observed")}
        {others.map(({ key, label }) => head(key, label))}
      </tr>
    </thead>
  );
}

function uptimeLabel(window: WindowName): string {
  return window === "last_week" ? "Week's uptime" : `${shortLabel(window)}: uptime`;
}

/** `Week`, `Last 30 days`, `2026-10` */
function shortLabel(window: WindowName): string {
  return windowLabel(/^last_(?:hour|day|week)$/.test(window) ? window.slice("last_".length) : window);
}

/** @param unit whether to name the unit of the lengths below */
function WindowHead({ window, unit = false }: { window: WindowName; unit?: boolean }): JSX.Element {
  return (
    <th scope="colgroup" colspan={2}>
      {shortLabel(window)}
      {unit && `, ${windowUnit(window).word}`}
    </th>
  );
}

interface HeadProps {
  readonly query: RowQuery;
  readonly path: string;
  readonly sort: SortKey;
  readonly label: string;
  readonly rows?: number | undefined;
}

/** What starts with the smallest at the first click: ids, and changes, so that those that got worse come first. */
const ASCENDING: ReadonlySet<SortKey> = new Set(["store_id", "change"]);

/** Sorts by its column. */
function Head({ query, path, sort, label, rows }: HeadProps): JSX.Element {
  const isSorted = query.sort === sort;
  const descending = isSorted ? !query.descending : !ASCENDING.has(sort);
  const state = isSorted ? (query.descending ? "descending" : "ascending") : undefined;
  return (
    <th scope="col" rowspan={rows} aria-sort={state} class={sort === "store_id" ? "" : "numeric"}>
      <a href={rowAddress(path, query, { sort, descending })} data-sort={sort}>
        {label}
        <span class="arrow" aria-hidden="true">{isSorted ? (query.descending ? "↓" : "↑") : ""}</span>
      </a>
    </th>
  );
}
