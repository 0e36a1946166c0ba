import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimal } from "../../domain/decimal.ts";
import { eachMeasure } from "../../domain/measures/measures.ts";
import { mostDowntime } from "../../domain/measures/ranking.ts";
import { formatLoss } from "../../domain/targets/money.ts";
import { HOUR } from "../../domain/time/interval.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { inWindow } from "../../domain/time/window_words.ts";
import { budgetIn, lossIn } from "../../export/rows.ts";
import { BudgetCell, grouped, SalesCell } from "../fleet/judged.tsx";
import { percent } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import type { ReportView } from "../report/report_cache.ts";
import { Scroll } from "./scroll.tsx";
import { keyWords } from "../tags/asked_tags.ts";

const MOST = 10;

interface WorstProps {
  readonly report: Report;
  readonly view: ReportView;
}

/** The ten stores that lost most in the window that counts most. */
export function SheetWorst({ report, view }: WorstProps): JSX.Element {
  const { windows, groupBy } = report.request;
  const window = mainWindow(windows);
  const rows = mostDowntime(view.result, window, MOST);
  const { labels } = view;
  return (
    <section>
      <h2>Stores that lost the most hours {inWindow(window)}</h2>
      {rows.length === 0 ? <p>No store lost any time.</p> : (
        <Scroll name="Stores that lost the most hours">
          <table>
            <thead>
              <tr>
                <th scope="col" class="first">Store</th>
                {groupBy.length > 0 && <th scope="col">{groupBy.map(keyWords).join(" and ")}</th>}
                <th scope="col" class="numeric">Down, hours</th>
                <th scope="col" class="numeric">Uptime</th>
                <th scope="col" class="numeric">Between, %</th>
                <th scope="col" class="numeric">Observed</th>
                {labels?.hasTargets && <th scope="col" class="numeric">Budget left, hours</th>}
                {labels?.hasSales && <th scope="col" class="numeric">Lost sales</th>}
              </tr>
            </thead>
            <tbody>{rows.map((row) => <Worst report={report} view={view} row={row} />)}</tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}

function Worst({ report, view, row }: WorstProps & { readonly row: number }): JSX.Element {
  const { result, labels } = view;
  const { groupBy, windows, precision } = report.request;
  const window = mainWindow(windows);
  const measures = eachMeasure((measure) => result.column(window, measure)?.[row]);
  const label = labels?.of(row);
  const { low, high, observed = "–" } = sureWords(measures);
  const loss = label && lossIn(measures, label);
  return (
    <tr>
      <th scope="row">
        {label?.name} <small>{result.storeIds[row]}</small>
      </th>
      {groupBy.length > 0 && <td>{groupBy.map((key) => label?.tags[key] ?? `no ${keyWords(key)}`).join(" · ")}</td>}
      <td class="numeric">{grouped(decimal(measures.down ?? 0, HOUR, precision))}</td>
      <td class="numeric">
        <b>{percent(measures)}</b>
      </td>
      <td class="numeric">{low === undefined || high === undefined ? "–" : `${low} and ${high}`}</td>
      <td class="numeric">{observed}</td>
      {labels?.hasTargets && <BudgetCell budget={label && budgetIn(measures, label)} precision={precision} />}
      {labels?.hasSales && <SalesCell sales={loss === undefined ? undefined : formatLoss(loss)} />}
    </tr>
  );
}
