import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimalOfSum } from "../../domain/decimal.ts";
import { subset } from "../../domain/measures/subset.ts";
import { totalOf, totalsOf } from "../../domain/measures/totals.ts";
import { count, counted, percent } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { type TotalRow, totalRows } from "../../export/totals.ts";
import { BudgetCell, ChangeCell, grouped, SalesCell } from "../fleet/judged.tsx";
import { changeBetween } from "../fleet/points.ts";
import type { ReportView } from "./report_cache.ts";
import { type RowColumn, rowColumns, windowBefore } from "./row_columns.ts";

interface RowTotalsProps {
  readonly report: Report;
  readonly view: ReportView;
  /** The places of the rows that match. */
  readonly found: Uint32Array;
}

/** The sums of all rows that match, on all pages, from the exact result. They say whether these are all stores. */
export function RowTotals({ report, view, found }: RowTotalsProps): JSX.Element {
  const { result, labels } = view;
  const isAll = found.length === result.storeIds.length;
  const totals = isAll && report.totals !== undefined ? report.totals : totalsOf(subset(result, found));
  const { main, others } = rowColumns(result.windows);
  const judged = labels?.hasTargets || labels?.hasSales ? judgedIn(view, found) : undefined;
  const measured = totalOf(totals, mainWindow(result.windows));
  const before = windowBefore(result.windows);
  const { low, high, observed = "–" } = sureWords(measured);
  const cell = ({ window, measure, unit }: RowColumn) => (
    <td class="numeric">
      {grouped(decimalOfSum(totalOf(totals, window)[measure] ?? 0n, unit, report.request.precision))}
    </td>
  );
  return (
    <tfoot>
      <tr>
        <th scope="row">
          {isAll ? `All ${counted(found.length, "store")}` : `The ${counted(found.length, "filtered store")} together`}
          {!isAll && <small>of {count(result.storeIds.length)}</small>}
        </th>
        <td class="wide"></td>
        <td class="wide"></td>
        <td class="numeric">{percent(measured)}</td>
        {main.map(cell)}
        <td class="numeric">{low === undefined || high === undefined ? "–" : `${low} and ${high}`}</td>
        <td class="numeric">{observed}</td>
        {before !== undefined && <ChangeCell change={changeBetween(totalOf(totals, before), measured)} />}
        {others.map(cell)}
        {labels?.hasTargets && <td></td>}
        {labels?.hasTargets && <BudgetCell budget={judged?.budget} precision={report.request.precision} />}
        {labels?.hasSales && <SalesCell sales={judged?.lostSales} />}
      </tr>
    </tfoot>
  );
}

/** Budget and lost sales of the stores that match, in the main window. */
function judgedIn(view: ReportView, found: Uint32Array): TotalRow | undefined {
  const { rows, result } = view;
  const isAll = found.length === result.storeIds.length;
  const totals = isAll ? view.totals() : totalRows({ ...rows, groupBy: [], result: subset(result, found) });
  return totals.find(({ group, window }) => group === undefined && window === mainWindow(result.windows));
}
