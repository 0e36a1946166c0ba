import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimalOfSum } from "../../domain/decimal.ts";
import type { Result } from "../../domain/measures/result.ts";
import { subset } from "../../domain/measures/subset.ts";
import { totalOf, totalsOf } from "../../domain/measures/totals.ts";
import { count, counted, percent } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { type RowColumn, rowColumns } from "./row_columns.ts";

interface RowTotalsProps {
  readonly report: Report;
  readonly result: Result;
  /** The places of the rows that match. */
  readonly found: Uint32Array;
}

/** The sums of all rows that match, on all pages, from the exact result. They say whether these are all stores. */
export function RowTotals({ report, result, found }: RowTotalsProps): JSX.Element {
  const isAll = found.length === result.storeIds.length;
  const totals = isAll && report.totals !== undefined ? report.totals : totalsOf(subset(result, found));
  const { main, others } = rowColumns(result.windows);
  const measured = totalOf(totals, mainWindow(result.windows));
  const { low, high, observed = "–" } = sureWords(measured);
  const cell = ({ window, measure, unit }: RowColumn) => (
    <td class="numeric">{decimalOfSum(totalOf(totals, window)[measure] ?? 0n, unit, report.request.precision)}</td>
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
        {others.map(cell)}
      </tr>
    </tfoot>
  );
}
