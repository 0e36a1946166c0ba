import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimal } from "../../domain/decimal.ts";
import type { KnownStores } from "../../db/stores/fleet_facts.ts";
import { HOUR } from "../../domain/time/interval.ts";
import type { Measured } from "../../domain/measures/percentage.ts";
import { mostDowntime } from "../../domain/measures/ranking.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { inWindow } from "../../domain/time/window_words.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { reportAddress, storeAddress } from "../kit/links.ts";
import { counted, percent } from "../kit/numbers.ts";
import { withTags } from "../tags/asked_tags.ts";
import { NoHours } from "../parts/no_hours.tsx";
import { StoreLink } from "../parts/store_link.tsx";
import { Sureness } from "../parts/sureness.tsx";
import type { ReportView } from "../report/report_cache.ts";
import { weekOf } from "../report/row_selection.ts";

const MOST = 20;

interface WorstStoresProps {
  readonly report: Report;
  readonly stores: readonly WorstStore[];
  readonly known: KnownStores;
  readonly filter: TagFilter | undefined;
  /** How many stores the filter finds. */
  readonly total: number;
}

/** A store that lost hours in the week. */
export interface WorstStore {
  readonly storeId: string;
  readonly week: Measured;
}

/** The stores that lost most, worst first. */
export function findWorst({ result }: ReportView): WorstStore[] {
  return mostDowntime(result, mainWindow(result.windows), MOST)
    .map((row) => ({ storeId: result.storeIds[row] ?? "", week: weekOf(result, row) }));
}

export function WorstStores({ report, stores, known, filter, total }: WorstStoresProps): JSX.Element {
  return (
    <section aria-labelledby="worst">
      <h2 id="worst">Stores that lost the most hours {inWindow(mainWindow(report.request.windows))}</h2>
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
            {stores.map(({ storeId, week }) => (
              <tr>
                <th scope="row">
                  <StoreLink
                    storeId={storeId}
                    name={known.get(storeId)?.name}
                    href={storeAddress(storeId, report)}
                  />
                  <NoHours known={known.get(storeId)} />
                </th>
                <td class="wide quiet">{known.get(storeId)?.timezone ?? DEFAULT_TIMEZONE}</td>
                <td class="numeric">{decimal(Number(week.down), HOUR, report.request.precision)}</td>
                <td class="numeric">
                  {percent(week)}
                  <Sureness measures={week} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <a href={withTags(reportAddress(report.reportId), filter)}>All {counted(total, "store")}</a>
      </p>
    </section>
  );
}
