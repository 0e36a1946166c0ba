import type { Result } from "../../domain/measures/result.ts";
import { isWithin, roundedId } from "../../domain/rounded_id.ts";
import { ROW_COLUMNS } from "./row_columns.ts";
import type { RowQuery, SortKey } from "./row_query.ts";

/** A result with what its rows are sorted and filtered by. */
export interface SortableRows {
  readonly result: Result;
  /** Uptime's share of the week, 0 to 1; NaN where nothing was judged. */
  readonly share: Float64Array;
  order(sort: SortKey, descending: boolean): Uint32Array;
}

/** What of a query the database has to be asked for. */
export interface StoreFilters {
  /** Undefined: stores of any zone. */
  readonly inZone: ReadonlySet<string> | undefined;
  /** Undefined: open or not. */
  readonly closed: ReadonlySet<string> | undefined;
}

/** Prepares a result; an order that was asked for once is kept. */
export function sortable(result: Result): SortableRows {
  const orders = new Map<string, Uint32Array>();
  const share = shares(result);
  return {
    result,
    share,
    order(sort, descending) {
      const key = `${sort} ${descending}`;
      const order = orders.get(key) ?? sortRows(result, keyColumn(result, share, sort), descending);
      orders.set(key, order);
      return order;
    },
  };
}

/** The places of the rows that fit a query, in the order that it wants. */
export function selectRows(rows: SortableRows, query: RowQuery, filters: StoreFilters): Uint32Array {
  return rows.order(query.sort, query.descending).filter(rowFilter(rows, query, filters));
}

function shares(result: Result): Float64Array {
  const [up, down] = [result.column("last_week", "up"), result.column("last_week", "down")];
  return Float64Array.from(result.storeIds.keys(), (row) => {
    const [lengthUp = NaN, lengthDown = NaN] = [up?.[row], down?.[row]];
    return lengthUp / (lengthUp + lengthDown);
  });
}

function rowFilter({ result: { storeIds }, share }: SortableRows, query: RowQuery, { inZone, closed }: StoreFilters) {
  const { min, max } = query;
  const part = query.q.toLowerCase();
  const range = roundedId(query.q);
  const isNamed = (id: string) => id.toLowerCase().includes(part) || (range !== undefined && isWithin(id, range));
  const least = min === undefined ? -Infinity : min / 100;
  const most = max === undefined ? Infinity : max / 100;
  const bounded = min !== undefined || max !== undefined;
  return (row: number): boolean => {
    const id = storeIds[row] ?? "";
    const up = share[row] ?? NaN;
    return (part === "" || isNamed(id)) && (!bounded || (up >= least && up < most)) &&
      (inZone === undefined || inZone.has(id)) && !(closed?.has(id) ?? false);
  };
}

/** Undefined: by id. */
function keyColumn(result: Result, share: Float64Array, sort: SortKey): Float64Array | undefined {
  if (sort === "share") return share;
  const column = ROW_COLUMNS.find(({ key }) => key === sort);
  return column && result.column(column.window, column.measure);
}

/** The places of all rows in the order of a column; equals in the order of ids, what has no number last. */
function sortRows({ storeIds }: Result, column: Float64Array | undefined, descending: boolean): Uint32Array {
  const order = Uint32Array.from(storeIds.keys());
  // A result is in the order of ids.
  if (column === undefined) return descending ? order.reverse() : order;
  const last = descending ? -Infinity : Infinity;
  const key = column.map((number) => Number.isNaN(number) ? last : number);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => sign * compare(key[a] ?? 0, key[b] ?? 0) || a - b);
}

/** Not a subtraction: that of two infinities is no number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
