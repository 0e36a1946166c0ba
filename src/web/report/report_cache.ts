import { listOpeningRules } from "../../db/stores/fleet_facts.ts";
import type { Sql } from "../../db/connection/client.ts";
import type { Report } from "../../db/reports/report.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { scheduledOpenings } from "../../domain/openings/schedule.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import type { ReportRows } from "../../export/rows.ts";
import { type TotalRow, totalRows } from "../../export/totals.ts";
import { rowsOfReport } from "../../report/result/report_rows.ts";
import { readResult } from "../../report/result/stored_result.ts";
import { Timezones } from "../../report/timezones.ts";
import type { WebDeps } from "../kit/deps.ts";
import { type ReportLabels, reportLabels } from "../labels/report_labels.ts";
import { sortable, type SortableRows } from "./row_selection.ts";

/** A completed report, ready to be looked at: its rows, and what was asked of them before. */
export interface ReportView extends SortableRows {
  /** The stores that were closed at as-of, by the hours that are known today. */
  closedStores(sql: Sql): Promise<ReadonlySet<string>>;
  readonly rows: ReportRows;
  /** What the report knew of its stores. Undefined: an older version made it. */
  readonly labels: ReportLabels | undefined;
  /** Of all stores, then of each group. */
  totals(): readonly TotalRow[];
}

/** Prepares the rows of a report. What takes time is done when it is first needed. */
export function viewOf(rows: ReportRows, closedStores: ReportView["closedStores"]): ReportView {
  const totals = lazily(() => totalRows(rows));
  const labels = lazily(() => reportLabels(rows.result, rows.targetPercent));
  return {
    ...sortable(rows.result),
    rows,
    closedStores,
    totals,
    get labels() {
      return labels();
    },
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Three of 140,000 rows, each with a few orders, take less than 100 MB. */
const MOST_KEPT = 3;

/**
 * Keeps the reports that were looked at last. A report's file never changes, so that what was read of it stays true: one
 * of 14,000 rows is read in 5 ms.
 */
export class ReportCache {
  readonly #folder: string;
  readonly #zoneRules: ZoneRules;
  readonly #views = new Map<string, Promise<ReportView | undefined>>();

  constructor({ reportsFolder, zoneRules }: Pick<WebDeps, "reportsFolder" | "zoneRules">) {
    this.#folder = reportsFolder;
    this.#zoneRules = zoneRules;
  }

  /** @returns undefined if the report's file is gone */
  get(report: Report): Promise<ReportView | undefined> {
    const { reportId } = report;
    const view = this.#views.get(reportId) ?? this.#read(report);
    this.#views.delete(reportId);
    this.#views.set(reportId, view);
    const [oldest] = this.#views.keys();
    if (this.#views.size > MOST_KEPT && oldest !== undefined) this.#views.delete(oldest);
    return view;
  }

  async #read(report: Report): Promise<ReportView | undefined> {
    const { reportId, asOf = 0 } = report;
    try {
      const result = await readResult(this.#folder, reportId);
      if (result !== undefined) {
        return viewOf(rowsOfReport(report, result), once((sql) => findClosed(sql, asOf, this.#zoneRules)));
      }
    } catch (error) {
      this.#views.delete(reportId);
      throw error;
    }
    this.#views.delete(reportId);
    return undefined;
  }
}

/** Finds once and keeps what was found; a failure is not kept. */
function once(find: ReportView["closedStores"]): ReportView["closedStores"] {
  let found: Promise<ReadonlySet<string>> | undefined;
  return (sql) => {
    found ??= find(sql);
    found.catch(() => found = undefined);
    return found;
  };
}

/**
 * A store without hours of any kind is always open, and need not be looked at. A store whose zone the rules do not know counts as
 * closed: nothing says that it is open, and a report made now has no row for it.
 */
async function findClosed(sql: Sql, asOf: Micros, zoneRules: ZoneRules): Promise<ReadonlySet<string>> {
  const timezones = new Timezones(zoneRules);
  const moment = { start: asOf, end: asOf + 1 };
  const closed = new Set<string>();
  for (const { storeId, rules: stored } of await listOpeningRules(sql)) {
    const openingRules = timezones.open(stored);
    if (openingRules instanceof RangeError || scheduledOpenings(openingRules, moment).length === 0) closed.add(storeId);
  }
  return closed;
}
