import type { ReportRows } from "./report_rows.ts";
import type { RowQuery, SortKey } from "./row_query.ts";

/** What of a query the database has to be asked for. */
export interface StoreFilters {
  /** Undefined: stores of any zone. */
  readonly inZone: ReadonlySet<string> | undefined;
  /** Undefined: open or not. */
  readonly closed: ReadonlySet<string> | undefined;
}

/** The places of the rows that fit a query, in the order that it wants. */
export function selectRows(rows: ReportRows, query: RowQuery, filters: StoreFilters, order: Uint32Array): Uint32Array {
  const fits = rowFilter(rows, query, filters);
  return order.filter(fits);
}

function rowFilter({ ids, share }: ReportRows, { q, min, max }: RowQuery, { inZone, closed }: StoreFilters) {
  const part = q.toLowerCase();
  const least = min === undefined ? -Infinity : min / 100;
  const most = max === undefined ? Infinity : max / 100;
  const bounded = min !== undefined || max !== undefined;
  return (row: number): boolean => {
    const id = ids[row] ?? "";
    const up = share[row] ?? NaN;
    return (part === "" || id.toLowerCase().includes(part)) && (!bounded || (up >= least && up < most)) &&
      (inZone === undefined || inZone.has(id)) && !(closed?.has(id) ?? false);
  };
}

/** The places of all rows in the order of a column; equals in the order of ids, what has no number last. */
export function sortedRows(rows: ReportRows, sort: SortKey, descending: boolean): Uint32Array {
  const order = Uint32Array.from(rows.ids.keys());
  // The file is in the order of ids.
  if (sort === "store_id") return descending ? order.reverse() : order;
  const column = sort === "share" ? rows.share : rows.measures[sort];
  const last = descending ? -Infinity : Infinity;
  const key = column.map((number) => Number.isNaN(number) ? last : number);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => sign * compare(key[a] ?? 0, key[b] ?? 0) || a - b);
}

/** Not a subtraction: that of two infinities is no number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
