import { calendarsChangedAfter } from "../../db/calendars/calendar_changes.ts";
import type { Sql } from "../../db/connection/client.ts";
import type { Report } from "../../db/reports/report.ts";
import { knownOf, type KnownStores } from "../../db/stores/fleet_facts.ts";
import { idsWhere } from "../../db/tags/tags.ts";
import { type Totals, totalsOf } from "../../domain/measures/totals.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { type EarlierReport, findEarlierReport } from "../../report/earlier_report.ts";
import { counted } from "../kit/numbers.ts";
import { tagWords } from "../tags/asked_tags.ts";
import { storesTagged } from "../labels/find_stores.ts";
import { knownAtReport } from "../labels/report_labels.ts";
import { ofStores } from "../report/of_stores.ts";
import type { ReportCache, ReportView } from "../report/report_cache.ts";
import { findSilent, type Silent } from "./silent_stores.tsx";
import { findWorst, type WorstStore } from "./worst_stores.tsx";

/** What the overview shows of a report. */
export interface ReportLook {
  readonly report: Report;
  readonly filter: TagFilter | undefined;
  /** Which stores these are, if there is a filter: `42 stores with region West`. */
  readonly of: string | undefined;
  /** Undefined if the report's file is gone. */
  readonly view: ReportView | undefined;
  readonly totals: Totals | undefined;
  readonly earlier: EarlierReport | undefined;
  /** When a calendar last changed after the report began. */
  readonly changedAt: Micros | undefined;
  readonly worst: readonly WorstStore[];
  readonly silent: Silent | undefined;
  /** What is known of the stores that are named. */
  readonly known: KnownStores;
}

interface LookParts {
  readonly sql: Sql;
  readonly cache: ReportCache;
  readonly filter: TagFilter | undefined;
}

/** Looks at a report, or at the stores of it that have some tags. */
export async function lookAt(report: Report, { sql, cache, filter }: LookParts): Promise<ReportLook> {
  const [whole, earlier, changedAt] = await Promise.all([
    cache.get(report),
    filter !== undefined ? undefined : findEarlierReport(sql, report),
    calendarsChangedAfter(sql, report.startedAt ?? report.requestedAt),
  ]);
  const view = filter !== undefined && whole !== undefined ? ofStores(whole, await idsIn(whole, filter, sql)) : whole;
  const worst = view === undefined ? [] : findWorst(view);
  const silent = view && findSilent(view);
  const named = [...worst, ...silent?.stores ?? []].map(({ storeId }) => storeId);
  return {
    report,
    filter,
    of: filter && `${counted(view?.result.storeIds.length ?? 0, "store")} with ${tagWords(filter)}`,
    view,
    totals: filter === undefined ? report.totals : view && totalsOf(view.result),
    earlier,
    changedAt,
    worst,
    silent,
    known: await knownIn(view, named, sql),
  };
}

/** The stores that had some tags when the report was made. */
async function idsIn({ result, labels }: ReportView, filter: TagFilter, sql: Sql): Promise<ReadonlySet<string>> {
  return labels === undefined ? await idsWhere(sql, filter) : storesTagged(result, labels, { filter });
}

async function knownIn(view: ReportView | undefined, storeIds: readonly string[], sql: Sql): Promise<KnownStores> {
  const wanted = new Set(storeIds);
  const rows = view?.result.storeIds.entries().filter(([, storeId]) => wanted.has(storeId)) ?? [];
  const stores = Array.from(rows, ([row, storeId]) => [storeId, row] as const);
  return knownAtReport(view?.labels, stores, await knownOf(sql, storeIds));
}
