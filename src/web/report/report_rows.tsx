import type { JSX } from "hono/jsx/jsx-runtime";
import type { Sql } from "../../db/connection/client.ts";
import type { Report } from "../../db/reports/report.ts";
import { knownOf, storesIn } from "../../db/stores/fleet_facts.ts";
import { foundIds } from "../../db/stores/store_list.ts";
import { idsWhere } from "../../db/tags/tags.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import { count, counted } from "../kit/numbers.ts";
import { storesNamed, storesTagged } from "../labels/find_stores.ts";
import { knownAtReport, type ReportLabels } from "../labels/report_labels.ts";
import { TagFault } from "../tags/tag_choices.tsx";
import type { ReportView } from "./report_cache.ts";
import type { RowQuery } from "./row_query.ts";
import { selectRows, type StoreFilters } from "./row_selection.ts";
import { pageOf, RowTable } from "./row_table.tsx";

interface RowsParts {
  readonly sql: Sql;
  readonly view: ReportView;
  readonly query: RowQuery;
}

/** The rows of a report that fit a query, one page of them. */
export async function reportRows(report: Report, { sql, view, query }: RowsParts): Promise<JSX.Element> {
  const { storeIds } = view.result;
  const found = selectRows(view, query, await filtersOf(query, { sql, view }));
  const shown = Array.from(pageOf(found, query).places, (place) => [storeIds[place] ?? "", place] as const);
  const known = knownAtReport(view.labels, shown, await knownOf(sql, shown.map(([storeId]) => storeId)));
  const isAll = found.length === storeIds.length;
  return (
    <>
      <p class="said" role="status" data-found>
        {isAll ? counted(found.length, "store") : `${count(found.length)} of ${counted(storeIds.length, "store")}`}
      </p>
      <p class="trouble row" role="alert" data-away hidden>
        <span>
          <span data-reason></span>. The rows below are the previous ones.
        </span>
        <button type="button">Try again</button>
      </p>
      <div data-rows>
        <TagFault fault={query.tags.fault} />
        <RowTable report={report} view={view} query={query} found={found} known={known} />
      </div>
    </>
  );
}

async function filtersOf(query: RowQuery, parts: Omit<RowsParts, "query">): Promise<StoreFilters> {
  const { sql, view } = parts;
  const named = view.labels === undefined ? knownToday(query, sql) : knownThen(query, view, view.labels);
  return { ...await named, closed: query.openNow ? await view.closedStores(sql) : undefined };
}

type NamedStores = Omit<StoreFilters, "closed">;

/** By what the report knew of its stores. */
function knownThen({ q, zone, tags, without }: RowQuery, { result }: ReportView, labels: ReportLabels): NamedStores {
  return {
    inZone: zone === "" ? undefined : new Set(result.storeIds.filter((_, row) => labels.timezoneOf(row) === zone)),
    found: q === "" ? undefined : storesNamed(result, labels, q),
    tagged: tags.filter === undefined && without.length === 0
      ? undefined
      : storesTagged(result, labels, { filter: tags.filter, without }),
  };
}

/** Reports of older versions did not keep it. */
async function knownToday({ q, zone, tags }: RowQuery, sql: Sql): Promise<NamedStores> {
  const [inZone, found, tagged] = await Promise.all([
    zone === "" ? undefined : storesIn(sql, zone, DEFAULT_TIMEZONE),
    q === "" ? undefined : foundIds(sql, q.replaceAll("\0", "")),
    tags.filter && idsWhere(sql, tags.filter),
  ]);
  return { inZone, found, tagged };
}
