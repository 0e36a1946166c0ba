import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimalOfSum } from "../../domain/decimal.ts";
import { withoutPrevious } from "../../domain/time/previous_window.ts";
import { inWindow, windowLabel, windowUnit } from "../../domain/time/window_words.ts";
import type { TotalRow } from "../../export/totals.ts";
import { reportAddress } from "../kit/links.ts";
import { count, counted, percent } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import { BudgetCell, ChangeCell, grouped, SalesCell } from "../fleet/judged.tsx";
import { keyWords } from "../tags/asked_tags.ts";
import { type GroupLine, linesOf, sortLines } from "./group_lines.ts";
import { type GroupColumns, GroupHead } from "./group_head.tsx";
import { groupAddress, type GroupQuery } from "./group_query.ts";
import { GroupLink } from "./group_link.tsx";
import { NotCompared } from "./not_compared.tsx";

/** A page has room for so many. */
const FEW = 50;

interface GroupTableProps {
  readonly report: Report;
  readonly totals: readonly TotalRow[];
  readonly query: GroupQuery;
}

/** The totals of a report's groups in one of its windows, worst first. Nothing if the report has no groups. */
export function GroupTable({ report, totals, query }: GroupTableProps): JSX.Element | null {
  const { reportId, request: { groupBy } } = report;
  if (groupBy.length === 0) return null;
  const path = reportAddress(reportId);
  const { all, groups } = linesOf(totals, query.window);
  const sorted = sortLines(groups, query.sort, query.descending);
  const shown = query.isAll ? sorted : sorted.slice(0, FEW);
  const columns = columnsOf(report, totals);
  const row = (line: GroupLine) => <GroupRow report={report} line={line} columns={columns} />;
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">Totals by {groupBy.map(keyWords).join(" and ")} {inWindow(query.window)}</h2>
      <WindowLinks path={path} report={report} query={query} />
      <div class="scroll" tabindex={0} role="region" aria-label="Totals of groups">
        <table class="list rows groups">
          <GroupHead path={path} query={query} columns={columns} keys={groupBy} />
          <tbody>{shown.map(row)}</tbody>
          {all && <tfoot>{row(all)}</tfoot>}
        </table>
      </div>
      <NotCompared lines={shown} columns={columns} />
      {shown.length < groups.length && (
        <p>
          The first {shown.length} of {counted(groups.length, "group")}.{" "}
          <a href={groupAddress(path, query, { isAll: true })}>Show all groups</a>
        </p>
      )}
    </section>
  );
}

/** Which columns have a number. */
export function columnsOf(report: Pick<Report, "request">, totals: readonly TotalRow[]): GroupColumns {
  return {
    hasChange: report.request.compare !== undefined,
    hasBudget: totals.some(({ budget }) => budget !== undefined),
    hasSales: totals.some(({ lostSales }) => lostSales !== undefined),
  };
}

function WindowLinks({ path, report, query }: { path: string; report: Report; query: GroupQuery }): JSX.Element | null {
  const windows = withoutPrevious(report.request.windows);
  if (windows.length < 2) return null;
  return (
    <nav class="windows" aria-label="Window of the totals">
      {windows.map((window) => (
        <a href={groupAddress(path, query, { window })} aria-current={window === query.window ? "true" : undefined}>
          {windowLabel(window)}
        </a>
      ))}
    </nav>
  );
}

interface GroupRowProps {
  readonly report: Report;
  readonly line: GroupLine;
  readonly columns: GroupColumns;
}

function GroupRow({ report, line: { total, change }, columns }: GroupRowProps): JSX.Element {
  const { group, window, stores, sums } = total;
  const { low, high, observed = "–" } = sureWords(sums);
  const { precision, groupBy } = report.request;
  const span = group === undefined ? Math.max(1, groupBy.length) : undefined;
  return (
    <tr>
      {group === undefined
        ? <th scope="row" colspan={span}>All stores</th>
        : groupBy.map((key) => <GroupLink report={report} group={group} name={key} />)}
      <td class="numeric">{count(stores)}</td>
      <td class="numeric">{percent(sums)}</td>
      <td class="numeric">{low === undefined || high === undefined ? "–" : `${low} and ${high}`}</td>
      <td class="numeric">{observed}</td>
      <td class="numeric">{grouped(decimalOfSum(sums.down ?? 0n, windowUnit(window).unit, precision))}</td>
      {columns.hasChange && <ChangeCell change={change} />}
      {columns.hasBudget && <BudgetCell budget={total.budget} precision={precision} />}
      {columns.hasSales && <SalesCell sales={total.lostSales} />}
    </tr>
  );
}
