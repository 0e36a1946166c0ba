import { listStoreHours } from "../../db/fleet_facts.ts";
import type { Sql } from "../../db/client.ts";
import type { Report } from "../../db/reports.ts";
import { openings } from "../../domain/business_hours.ts";
import type { Micros } from "../../domain/interval.ts";
import type { ZoneRules } from "../../domain/zone_rules.ts";
import { reportPaths } from "../../report/report_file.ts";
import { Timezones } from "../../report/timezones.ts";
import type { WebDeps } from "../deps.ts";
import { parseReport, type ReportRows } from "./report_rows.ts";
import { sortedRows } from "./row_selection.ts";
import type { SortKey } from "./row_query.ts";

/** A completed report, ready to be looked at: its rows, and what was asked of them before. */
export interface ReportView {
  readonly rows: ReportRows;
  order(sort: SortKey, descending: boolean): Uint32Array;
  /** The stores that were closed at as-of, by the hours that are known today. */
  closedStores(sql: Sql): Promise<ReadonlySet<string>>;
}

/** Three of 140,000 rows, each with a few orders, take less than 100 MB. */
const MOST_KEPT = 3;

/**
 * Keeps the reports that were looked at last. A report's file never changes, so that what was read of it stays true: to
 * read one of 14,000 rows takes 15 ms, one of 140,000 takes 150 ms.
 */
export class ReportCache {
  readonly #folder: string;
  readonly #rules: ZoneRules;
  readonly #views = new Map<string, Promise<ReportView | undefined>>();

  constructor({ reportsFolder, rules }: Pick<WebDeps, "reportsFolder" | "rules">) {
    this.#folder = reportsFolder;
    this.#rules = rules;
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

  async #read({ reportId, asOf = 0 }: Report): Promise<ReportView | undefined> {
    try {
      const rows = parseReport(await Deno.readTextFile(reportPaths(this.#folder, reportId).csv));
      return viewOf(rows, (sql) => findClosed(sql, asOf, this.#rules));
    } catch (error) {
      this.#views.delete(reportId);
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  }
}

function viewOf(rows: ReportRows, find: ReportView["closedStores"]): ReportView {
  const orders = new Map<string, Uint32Array>();
  let closed: Promise<ReadonlySet<string>> | undefined;
  return {
    rows,
    order(sort, descending) {
      const key = `${sort} ${descending}`;
      const order = orders.get(key) ?? sortedRows(rows, sort, descending);
      orders.set(key, order);
      return order;
    },
    closedStores(sql) {
      closed ??= find(sql);
      closed.catch(() => closed = undefined);
      return closed;
    },
  };
}

/**
 * A store without hours is always open, and need not be looked at. A store whose zone the rules do not know counts as
 * closed: nothing says that it is open, and a report made now has no row for it.
 */
async function findClosed(sql: Sql, asOf: Micros, rules: ZoneRules): Promise<ReadonlySet<string>> {
  const timezones = new Timezones(rules);
  const moment = { start: asOf, end: asOf + 1 };
  const closed = new Set<string>();
  for (const { storeId, timezone: name, hours } of await listStoreHours(sql)) {
    const timezone = timezones.of({ timezone: name });
    if (timezone instanceof RangeError || openings(hours, timezone, moment).length === 0) closed.add(storeId);
  }
  return closed;
}
