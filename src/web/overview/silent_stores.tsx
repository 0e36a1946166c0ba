import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import type { KnownStores } from "../../db/stores/fleet_facts.ts";
import { silentRows, unseen } from "../../domain/measures/ranking.ts";
import type { Result } from "../../domain/measures/result.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import { hasClassicWindows } from "../../domain/time/window_list.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { reportAddress, storeAddress } from "../kit/links.ts";
import { count, counted } from "../kit/numbers.ts";
import { withTags } from "../tags/asked_tags.ts";
import { Time } from "../kit/time.tsx";
import { StoreLink } from "../parts/store_link.tsx";
import type { ReportView } from "../report/report_cache.ts";

const MOST = 10;

/** The stores of a report that nobody saw. */
export interface Silent {
  readonly total: number;
  /** How many of them have no poll in the report's windows. */
  readonly neverSeen: number;
  /** The first of them. */
  readonly stores: readonly { readonly storeId: string; readonly pollAge: Micros | undefined }[];
}

/** Finds them once: of 14,000 silent stores that takes 4 ms, and a result never changes. */
export function findSilent({ result }: ReportView): Silent {
  const silent = found.get(result) ?? find(result);
  found.set(result, silent);
  return silent;
}

const found = new WeakMap<Result, Silent>();

function find(result: Result): Silent {
  const rows = silentRows(result);
  const store = (row: number) => ({ storeId: result.storeIds[row] ?? "", pollAge: result.pollAge?.[row] });
  return { total: rows.length, neverSeen: rows.filter(unseen(result)).length, stores: rows.slice(0, MOST).map(store) };
}

interface SilentStoresProps {
  readonly report: Report;
  readonly silent: Silent;
  readonly known: KnownStores;
  readonly filter: TagFilter | undefined;
}

/** Stores without data, which are not among the worst: how many, and the first of them. */
export function SilentStores({ report, silent, known, filter }: SilentStoresProps): JSX.Element | null {
  const { total, stores } = silent;
  if (total === 0) return null;
  return (
    <section aria-labelledby="silent">
      <h2 id="silent">Stores without data</h2>
      <p>{countWords(report, silent)} They are not among the stores that lost the most hours.</p>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Store</th>
            <th scope="col">Latest poll</th>
          </tr>
        </thead>
        <tbody>
          {stores.map(({ storeId, pollAge }) => (
            <tr>
              <th scope="row">
                <StoreLink
                  storeId={storeId}
                  name={known.get(storeId)?.name}
                  href={storeAddress(storeId, report)}
                />
              </th>
              <td class="quiet">{lastSeen(report, pollAge)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href={withTags(`${reportAddress(report.reportId)}?silent=1`, filter)}>
          {total > stores.length ? `All ${counted(total, "store")} without data` : "Show them in the report"}
        </a>
      </p>
    </section>
  );
}

/** `12 stores: 9 were never seen in this report's time, 3 not for a day.` */
function countWords(report: Report, { total, neverSeen }: Silent): string {
  const parts = [
    neverSeen === 0 ? "" : `${count(neverSeen)} not seen at all in business hours of ${timeWords(report)}`,
    neverSeen === total ? "" : `${count(total - neverSeen)} not seen for more than a day`,
  ];
  return `${counted(total, "store")}: ${parts.filter((part) => part !== "").join(", ")}.`;
}

function lastSeen(report: Report, age: Micros | undefined): JSX.Element | string {
  if (age === undefined || Number.isNaN(age)) return "–";
  return Number.isFinite(age) ? <Time at={(report.asOf ?? 0) - age} /> : `none in ${timeWords(report)}`;
}

/** The time in which polls were looked for. */
function timeWords({ request: { windows } }: Report): string {
  return hasClassicWindows(windows) ? "the last week" : "the last day and in the report's windows";
}
