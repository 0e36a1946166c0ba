import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimalOfSum } from "../../domain/decimal.ts";
import { HOUR } from "../../domain/time/interval.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { previousOf, withoutPrevious } from "../../domain/time/previous_window.ts";
import { inWindow, windowLabel, wordsBefore } from "../../domain/time/window_words.ts";
import type { TotalRow } from "../../export/totals.ts";
import { BudgetCell, ChangeCell, grouped, SalesCell } from "../fleet/judged.tsx";
import type { GroupColumns } from "../groups/group_head.tsx";
import { type GroupLine, groupWords, linesOf, sortLines } from "../groups/group_lines.ts";
import { NotCompared } from "../groups/not_compared.tsx";
import { count, counted, percent } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import { Scroll } from "./scroll.tsx";
import { keyWords } from "../tags/asked_tags.ts";

/** As many as leave room for the rest of two pages. */
const MOST_WINDOWS = 12;
const MOST_GROUPS = 15;

interface SheetTotalsProps {
  readonly report: Report;
  readonly totals: readonly TotalRow[];
  readonly columns: GroupColumns;
}

/** The totals of all stores, a line for each window. */
export function SheetWindows({ report, totals, columns }: SheetTotalsProps): JSX.Element {
  const windows = withoutPrevious(report.request.windows);
  const lines = windows.slice(0, MOST_WINDOWS).map((window) => linesOf(totals, window).all);
  return (
    <section>
      <h2>All stores together</h2>
      <Scroll name="Totals of windows">
        <table>
          <Head first="Window" columns={columns} stores={false} change="Change in points" />
          <tbody>
            {lines.map((line) => line && <Line report={report} line={line} columns={columns} isWindow />)}
          </tbody>
        </table>
      </Scroll>
      <NotCompared lines={lines} columns={columns} />
      {windows.length > MOST_WINDOWS && (
        <p class="note">
          {counted(windows.length - MOST_WINDOWS, "window")} more in the file totals.csv of the report.
        </p>
      )}
    </section>
  );
}

/** The totals of groups in the window that counts most, worst first. */
export function SheetGroups({ report, totals, columns }: SheetTotalsProps): JSX.Element | null {
  const { windows, groupBy } = report.request;
  if (groupBy.length === 0) return null;
  const window = mainWindow(windows);
  const { groups } = linesOf(totals, window);
  const shown = sortLines(groups, "uptime", false).slice(0, MOST_GROUPS);
  const name = groupBy.map(keyWords).join(" and ");
  return (
    <section>
      <h2>By {name}, {inWindow(window)}, lowest uptime first</h2>
      <Scroll name="Totals of groups">
        <table>
          <Head
            first={name}
            columns={columns}
            stores
            change={`Points since ${wordsBefore(previousOf(window))}`}
          />
          <tbody>{shown.map((line) => <Line report={report} line={line} columns={columns} />)}</tbody>
        </table>
      </Scroll>
      <NotCompared lines={shown} columns={columns} />
      {groups.length > shown.length && (
        <p class="note">
          These are {shown.length} of {counted(groups.length, "group")}. All are in the file totals.csv of the report.
        </p>
      )}
    </section>
  );
}

interface HeadProps {
  readonly first: string;
  readonly columns: GroupColumns;
  readonly stores: boolean;
  readonly change: string;
}

function Head({ first, columns, stores, change }: HeadProps): JSX.Element {
  return (
    <thead>
      <tr>
        <th scope="col" class="first">{first}</th>
        {stores && <th scope="col" class="numeric">Stores</th>}
        <th scope="col" class="numeric">Uptime</th>
        <th scope="col" class="numeric">Between, %</th>
        <th scope="col" class="numeric">Observed</th>
        <th scope="col" class="numeric">Down, hours</th>
        {columns.hasChange && <th scope="col" class="numeric since">{change}</th>}
        {columns.hasBudget && <th scope="col" class="numeric">Budget left, hours</th>}
        {columns.hasSales && <th scope="col" class="numeric">Lost sales</th>}
      </tr>
    </thead>
  );
}

interface LineProps {
  readonly report: Report;
  readonly line: GroupLine;
  readonly columns: GroupColumns;
  /** A line of all stores is named by its window. */
  readonly isWindow?: boolean;
}

function Line({ report, line: { total, change }, columns, isWindow = false }: LineProps): JSX.Element {
  const { group, window, stores, sums, budget, lostSales } = total;
  const { low, high, observed = "–" } = sureWords(sums);
  const { precision } = report.request;
  return (
    <tr>
      <th scope="row">{group === undefined ? windowLabel(window) : groupWords(group)}</th>
      {!isWindow && <td class="numeric">{count(stores)}</td>}
      <td class="numeric">
        <b>{percent(sums)}</b>
      </td>
      <td class="numeric">{low === undefined || high === undefined ? "–" : `${low} and ${high}`}</td>
      <td class="numeric">{observed}</td>
      <td class="numeric">{grouped(decimalOfSum(sums.down ?? 0n, HOUR, precision))}</td>
      {columns.hasChange && <ChangeCell change={change} />}
      {columns.hasBudget && <BudgetCell budget={budget} precision={precision} />}
      {columns.hasSales && <SalesCell sales={lostSales} />}
    </tr>
  );
}
