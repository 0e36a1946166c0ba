import type { JSX } from "hono/jsx/jsx-runtime";
import type { KnownOfStore, KnownStores } from "../../db/stores/fleet_facts.ts";
import type { Report } from "../../db/reports/report.ts";
import { decimal } from "../../domain/decimal.ts";
import type { Result } from "../../domain/measures/result.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import { eachMeasure } from "../../domain/measures/measures.ts";
import { formatLoss } from "../../domain/targets/money.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { budgetIn, lossIn } from "../../export/rows.ts";
import { BudgetCell, ChangeCell, grouped, SalesCell, targetWords } from "../fleet/judged.tsx";
import { reportAddress, storeAddress } from "../kit/links.ts";
import { count, percent } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import { NoHours } from "../parts/no_hours.tsx";
import { ShareBar } from "../parts/share_bar.tsx";
import { StoreLink } from "../parts/store_link.tsx";
import type { ReportView } from "./report_cache.ts";
import { type RowColumn, rowColumns, windowBefore } from "./row_columns.ts";
import { RowHead } from "./row_head.tsx";
import { rowAddress, type RowQuery } from "./row_query.ts";
import { changeOf, weekOf } from "./row_selection.ts";
import { RowTotals } from "./row_totals.tsx";
import { ShownRows } from "./shown_rows.tsx";

export const ROWS_PER_PAGE = 50;

interface RowTableProps {
  readonly report: Report;
  readonly view: ReportView;
  readonly query: RowQuery;
  /** The places of the rows that match. */
  readonly found: Uint32Array;
  readonly known: KnownStores;
}

/** The rows of one page, of those that match. */
export function pageOf(found: Uint32Array, { page }: RowQuery): { page: number; pages: number; places: Uint32Array } {
  const pages = Math.max(1, Math.ceil(found.length / ROWS_PER_PAGE));
  const shown = Math.min(page, pages);
  return { page: shown, pages, places: found.subarray((shown - 1) * ROWS_PER_PAGE, shown * ROWS_PER_PAGE) };
}

export function RowTable({ report, view, query, found, known }: RowTableProps): JSX.Element {
  const path = reportAddress(report.reportId);
  const { page, pages, places } = pageOf(found, query);
  if (found.length === 0) return <p class="quiet none">No store matches. Clear the filters to see all stores.</p>;
  return (
    <>
      <div class="scroll" tabindex={0} role="region" aria-label="Rows of the report">
        <table class="list rows">
          <RowHead query={query} path={path} view={view} />
          <tbody>
            {Array.from(
              places,
              (place) => (
                <Row
                  report={report}
                  view={view}
                  place={place}
                  known={known.get(view.result.storeIds[place] ?? "")}
                />
              ),
            )}
          </tbody>
          <RowTotals report={report} view={view} found={found} />
        </table>
      </div>
      <ShownRows
        reportId={report.reportId}
        query={query}
        shown={places.length}
        found={found.length}
        all={view.result.storeIds.length}
      />
      {pages > 1 && <Pager path={path} query={query} page={page} pages={pages} />}
    </>
  );
}

interface RowProps {
  readonly report: Report;
  readonly view: ReportView;
  readonly place: number;
  readonly known: KnownOfStore | undefined;
}

function Row({ report, view, place, known }: RowProps): JSX.Element {
  const { result, share } = view;
  const storeId = result.storeIds[place] ?? "";
  const week = weekOf(result, place);
  const { low, high, observed = "–" } = sureWords(week);
  const { main, others } = rowColumns(result.windows);
  const cell = (column: RowColumn) => <LengthCell report={report} result={result} place={place} column={column} />;
  return (
    <tr>
      <th scope="row">
        <StoreLink storeId={storeId} name={known?.name} href={storeAddress(storeId, report)} />
        <NoHours known={known} />
      </th>
      <td class="quiet wide">{known?.timezone ?? DEFAULT_TIMEZONE}</td>
      <td class="wide">
        <ShareBar share={share[place]} />
      </td>
      <td class="numeric">{percent(week)}</td>
      {main.map(cell)}
      <td class="numeric">{low === undefined || high === undefined ? "–" : `${low} and ${high}`}</td>
      <td class="numeric">{observed}</td>
      {windowBefore(result.windows) !== undefined && <ChangeCell change={changeOf(result, place)} />}
      {others.map(cell)}
      <JudgedCells report={report} view={view} place={place} />
    </tr>
  );
}

/** What the main window means for the store's target and its sales, in reports that have any. */
function JudgedCells({ report, view, place }: Omit<RowProps, "known">): JSX.Element | null {
  const { labels, result } = view;
  if (labels === undefined) return null;
  const label = labels.of(place);
  const measures = eachMeasure((measure) => result.column(mainWindow(result.windows), measure)?.[place]);
  const loss = lossIn(measures, label);
  const { precision } = report.request;
  return (
    <>
      {labels.hasTargets && (
        <td class="numeric">{label.targetPercent === undefined ? "–" : targetWords(label.targetPercent)}</td>
      )}
      {labels.hasTargets && <BudgetCell budget={budgetIn(measures, label)} precision={precision} />}
      {labels.hasSales && <SalesCell sales={loss === undefined ? undefined : formatLoss(loss)} />}
    </>
  );
}

interface LengthCellProps {
  readonly report: Report;
  readonly result: Result;
  readonly place: number;
  readonly column: RowColumn;
}

function LengthCell({ report, result, place, column: { window, measure, unit } }: LengthCellProps): JSX.Element {
  const length = result.column(window, measure)?.[place] ?? 0;
  const digits = decimal(length, unit, report.request.precision);
  return <td class={length === 0 ? "numeric nothing" : "numeric"}>{grouped(digits)}</td>;
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
      {to(page - 1, "Previous", "prev")}
      <span>Page {count(page)} of {count(pages)}</span>
      {to(page + 1, "Next", "next")}
      {to(pages, "Last")}
    </nav>
  );
}
