import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimal } from "../../domain/decimal.ts";
import { HOUR, type Micros } from "../../domain/time/interval.ts";
import { mostDowntime } from "../../domain/measures/ranking.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import { reportAddress, storeAddress } from "../kit/links.ts";
import { counted, percent } from "../kit/numbers.ts";
import type { ReportView } from "../report/report_cache.ts";

const MOST = 20;

interface WorstStoresProps {
  readonly report: Report;
  readonly stores: readonly WorstStore[];
}

/** A store that lost hours in the week. */
export interface WorstStore {
  readonly storeId: string;
  readonly up: Micros;
  readonly down: Micros;
}

/** The stores that lost most, worst first. */
export function findWorst({ result }: ReportView): WorstStore[] {
  const [up, down] = [result.column("last_week", "up"), result.column("last_week", "down")];
  return mostDowntime(result, "last_week", MOST).map((row) => ({
    storeId: result.storeIds[row] ?? "",
    up: up?.[row] ?? 0,
    down: down?.[row] ?? 0,
  }));
}

export function WorstStores(
  { report, stores, timezones }: WorstStoresProps & { timezones: ReadonlyMap<string, string> },
): JSX.Element {
  return (
    <section aria-labelledby="worst">
      <h2 id="worst">Stores that lost the most hours in the last week</h2>
      {stores.length === 0 ? <p class="quiet">No store lost any time.</p> : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Store</th>
              <th scope="col" class="wide">Time zone</th>
              <th scope="col" class="numeric">Hours lost</th>
              <th scope="col" class="numeric">Uptime</th>
            </tr>
          </thead>
          <tbody>
            {stores.map(({ storeId, up, down }) => (
              <tr>
                <th scope="row">
                  <a href={storeAddress(storeId, report)}>{storeId}</a>
                </th>
                <td class="wide quiet">{timezones.get(storeId) ?? DEFAULT_TIMEZONE}</td>
                <td class="numeric">{decimal(down, HOUR, report.request.precision)}</td>
                <td class="numeric">{percent({ up, down })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <a href={reportAddress(report.reportId)}>All {counted(report.rows ?? 0, "store")}</a>
      </p>
    </section>
  );
}
