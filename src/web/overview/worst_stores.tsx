import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports.ts";
import { DEFAULT_TIMEZONE } from "../../domain/timezone.ts";
import { reportAddress, storeAddress } from "../links.ts";
import { counted, percent } from "../numbers.ts";
import type { ReportView } from "../report/report_cache.ts";

const MOST = 20;

interface WorstStoresProps {
  readonly report: Report;
  readonly stores: readonly WorstStore[];
}

/** A store that lost hours in the week. */
export interface WorstStore {
  readonly storeId: string;
  readonly lostHours: number;
  readonly share: number;
}

/** The stores that lost most, worst first. */
export function findWorst({ rows, order }: ReportView): WorstStore[] {
  const { downtime_last_week: lost } = rows.measures;
  return Array.from(order("downtime_last_week", true).subarray(0, MOST), (row) => ({
    storeId: rows.ids[row] ?? "",
    lostHours: lost[row] ?? 0,
    share: rows.share[row] ?? NaN,
  })).filter(({ lostHours }) => lostHours > 0);
}

export function WorstStores(
  { report, stores, timezones }: WorstStoresProps & { timezones: ReadonlyMap<string, string> },
): JSX.Element {
  return (
    <section aria-labelledby="worst">
      <h2 id="worst">Stores that lost most hours in the week</h2>
      {stores.length === 0 ? <p class="quiet">No store lost any.</p> : (
        <table class="list">
          <thead>
            <tr>
              <th scope="col">Store</th>
              <th scope="col" class="wide">Zone</th>
              <th scope="col" class="numeric">Hours lost</th>
              <th scope="col" class="numeric">Uptime</th>
            </tr>
          </thead>
          <tbody>
            {stores.map(({ storeId, lostHours, share }) => (
              <tr>
                <th scope="row">
                  <a href={storeAddress(storeId, report)}>{storeId}</a>
                </th>
                <td class="wide quiet">{timezones.get(storeId) ?? DEFAULT_TIMEZONE}</td>
                <td class="numeric">{lostHours.toFixed(report.precision)}</td>
                <td class="numeric">{percent(share)}</td>
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
