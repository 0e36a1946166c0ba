import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports.ts";
import { DEFAULT_TIMEZONE } from "../../domain/timezone.ts";
import { reportAddress, storeAddress } from "../links.ts";
import { count, percent } from "../numbers.ts";
import { ShareBar } from "../share_bar.tsx";
import type { Measure, ReportRows } from "./report_rows.ts";
import { rowAddress, type RowQuery, type SortKey } from "./row_query.ts";
import { ShownRows } from "./shown_rows.tsx";

/** Numbers go from the week to the hour, so that a phone shows first what matters most. */
const COLUMNS: readonly { key: Measure; label: string }[] = [
  { key: "uptime_last_week", label: "up" },
  { key: "downtime_last_week", label: "down" },
  { key: "uptime_last_day", label: "up" },
  { key: "downtime_last_day", label: "down" },
  { key: "uptime_last_hour", label: "up" },
  { key: "downtime_last_hour", label: "down" },
];

export const ROWS_PER_PAGE = 50;

interface RowTableProps {
  readonly report: Report;
  readonly rows: ReportRows;
  readonly query: RowQuery;
  /** The places of the rows that fit. */
  readonly found: Uint32Array;
  readonly timezones: ReadonlyMap<string, string>;
}

/** The rows that one page shows, of those that fit. */
export function pageOf(found: Uint32Array, { page }: RowQuery): { page: number; pages: number; places: Uint32Array } {
  const pages = Math.max(1, Math.ceil(found.length / ROWS_PER_PAGE));
  const shown = Math.min(page, pages);
  return { page: shown, pages, places: found.subarray((shown - 1) * ROWS_PER_PAGE, shown * ROWS_PER_PAGE) };
}

export function RowTable({ report, rows, query, found, timezones }: RowTableProps): JSX.Element {
  const path = reportAddress(report.reportId);
  const { page, pages, places } = pageOf(found, query);
  if (found.length === 0) return <p class="quiet none">No store fits. Clear the search to see all of them.</p>;
  return (
    <>
      <div class="scroll" tabindex={0} role="region" aria-label="Rows of the report">
        <table class="list rows">
          <thead>
            <tr>
              <Head query={query} path={path} sort="store_id" label="Store" rows={2} />
              <th scope="col" rowspan={2} class="wide">Zone</th>
              <td rowspan={2} class="wide"></td>
              <Head query={query} path={path} sort="share" label="Week's uptime" rows={2} />
              <th scope="colgroup" colspan={2}>
                Week, hours
              </th>
              <th scope="colgroup" colspan={2}>
                Day, hours
              </th>
              <th scope="colgroup" colspan={2}>
                Hour, minutes
              </th>
            </tr>
            <tr>{COLUMNS.map(({ key, label }) => <Head query={query} path={path} sort={key} label={label} />)}</tr>
          </thead>
          <tbody>
            {Array.from(
              places,
              (place) => <Row report={report} rows={rows} place={place} zone={timezones.get(rows.ids[place] ?? "")} />,
            )}
          </tbody>
        </table>
      </div>
      <ShownRows
        reportId={report.reportId}
        query={query}
        shown={places.length}
        found={found.length}
        all={rows.ids.length}
      />
      {pages > 1 && <Pager path={path} query={query} page={page} pages={pages} />}
    </>
  );
}

interface HeadProps {
  readonly query: RowQuery;
  readonly path: string;
  readonly sort: SortKey;
  readonly label: string;
  readonly rows?: number;
}

/** A column's head sorts by it: numbers from the largest down at first, ids from the first up. */
function Head({ query, path, sort, label, rows }: HeadProps): JSX.Element {
  const isSorted = query.sort === sort;
  const descending = isSorted ? !query.descending : sort !== "store_id";
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

interface RowProps {
  readonly report: Report;
  readonly rows: ReportRows;
  readonly place: number;
  readonly zone: string | undefined;
}

function Row({ report, rows: { ids, measures, share }, place, zone }: RowProps): JSX.Element {
  const storeId = ids[place] ?? "";
  return (
    <tr>
      <th scope="row">
        <a href={storeAddress(storeId, report)}>{storeId}</a>
      </th>
      <td class="quiet wide">{zone ?? DEFAULT_TIMEZONE}</td>
      <td class="wide">
        <ShareBar share={share[place]} />
      </td>
      <td class="numeric">{percent(share[place])}</td>
      {COLUMNS.map(({ key }) => {
        const number = measures[key][place] ?? 0;
        return <td class={number === 0 ? "numeric nothing" : "numeric"}>{number.toFixed(report.precision)}</td>;
      })}
    </tr>
  );
}

interface PagerProps {
  readonly path: string;
  readonly query: RowQuery;
  readonly page: number;
  readonly pages: number;
}

function Pager({ path, query, page, pages }: PagerProps): JSX.Element {
  const to = (number: number, label: string, rel?: string) =>
    number >= 1 && number <= pages && number !== page
      ? <a class="button" href={rowAddress(path, query, { page: number })} rel={rel}>{label}</a>
      : <span class="button off" aria-disabled="true">{label}</span>;
  return (
    <nav class="pager" aria-label="Pages">
      {to(1, "First")}
      {to(page - 1, "Before", "prev")}
      <span>Page {count(page)} of {count(pages)}</span>
      {to(page + 1, "Next", "next")}
      {to(pages, "Last")}
    </nav>
  );
}
