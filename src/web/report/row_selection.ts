import { eachMeasure } from "../../domain/measures/measures.ts";
import type { Measured } from "../../domain/measures/percentage.ts";
import { silence } from "../../domain/measures/ranking.ts";
import type { Result } from "../../domain/measures/result.ts";
import { isWithin, roundedId } from "../../domain/rounded_id.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { changeBetween } from "../fleet/points.ts";
import { rowColumns, windowBefore } from "./row_columns.ts";
import type { RowQuery, SortKey } from "./row_query.ts";

/** A result with what its rows are sorted and filtered by. */
export interface SortableRows {
  readonly result: Result;
  /** Uptime's share of the main window, 0 to 1; NaN where nothing was judged. */
  readonly share: Float64Array;
  /** The observed share of the main window, 0 to 1; NaN where nothing was scheduled, or if the report does not know. */
  readonly observed: Float64Array;
  order(sort: SortKey, descending: boolean): Uint32Array;
}

/** What of a query the database has to be asked for. */
export interface StoreFilters {
  /** Undefined: stores of any zone. */
  readonly inZone: ReadonlySet<string> | undefined;
  /** The stores that the search finds by what is known of them; undefined if nothing is searched for. */
  readonly found?: ReadonlySet<string> | undefined;
  /** Undefined: stores with any tags. */
  readonly tagged?: ReadonlySet<string> | undefined;
  /** Undefined: open or not. */
  readonly closed: ReadonlySet<string> | undefined;
}

/** Prepares a result; an order that was asked for once is kept. */
export function sortable(result: Result): SortableRows {
  const orders = new Map<string, Uint32Array>();
  const share = shares(result);
  const observed = observedShares(result);
  return {
    result,
    share,
    observed,
    order(sort, descending) {
      const key = `${sort} ${descending}`;
      const order = orders.get(key) ?? sortRows(result, keyColumn({ result, share, observed }, sort), descending);
      orders.set(key, order);
      return order;
    },
  };
}

/** The places of the rows that fit a query, in the order that it wants. */
export function selectRows(rows: SortableRows, query: RowQuery, filters: StoreFilters): Uint32Array {
  return rows.order(query.sort, query.descending).filter(rowFilter(rows, query, filters));
}

/** What a row measures in the last week, or in the report's main window if it has no such week; undefined is what the report does not have. */
export function weekOf(result: Result, row: number): Measured {
  const window = mainWindow(result.windows);
  return eachMeasure((measure) => result.column(window, measure)?.[row]);
}

/** By how many points a row's uptime changed since the window before the main one. Undefined if that cannot be said. */
export function changeOf(result: Result, row: number): number | undefined {
  const before = windowBefore(result.windows);
  if (before === undefined) return undefined;
  return changeBetween(eachMeasure((measure) => result.column(before, measure)?.[row]), weekOf(result, row));
}

function shares(result: Result): Float64Array {
  const window = mainWindow(result.windows);
  const [up, down] = [result.column(window, "up"), result.column(window, "down")];
  return Float64Array.from(result.storeIds.keys(), (row) => {
    const [lengthUp = NaN, lengthDown = NaN] = [up?.[row], down?.[row]];
    return lengthUp / (lengthUp + lengthDown);
  });
}

function observedShares(result: Result): Float64Array {
  const window = mainWindow(result.windows);
  const [observed, scheduled] = [result.column(window, "observed"), result.column(window, "scheduled")];
  return Float64Array.from(result.storeIds.keys(), (row) => (observed?.[row] ?? NaN) / (scheduled?.[row] ?? NaN));
}

function rowFilter(rows: SortableRows, query: RowQuery, filters: StoreFilters): (row: number) => boolean {
  const { inZone, found, tagged, closed } = filters;
  const { storeIds } = rows.result;
  const isNamed = named(query.q);
  const isUp = between(rows.share, query.min, query.max);
  const isObserved = between(rows.observed, query.observedMin, query.observedMax);
  const isSilent = query.silent ? silence(rows.result) : () => true;
  return (row) => {
    const id = storeIds[row] ?? "";
    return (isNamed(id) || found?.has(id) === true) && isUp(row) && isObserved(row) && isSilent(row) &&
      (inZone?.has(id) ?? true) && (tagged?.has(id) ?? true) && !(closed?.has(id) ?? false);
  };
}

/** Whether a text finds an id. */
function named(q: string): (id: string) => boolean {
  const part = q.toLowerCase();
  const range = roundedId(q);
  return (id) => part === "" || id.toLowerCase().includes(part) || (range !== undefined && isWithin(id, range));
}

/** Whether a row's share is at least `min` and below `max`, in percent. Without both, any row is, also one without a share. */
function between(shares: Float64Array, min: number | undefined, max: number | undefined): (row: number) => boolean {
  if (min === undefined && max === undefined) return () => true;
  const [least, most] = [(min ?? -Infinity) / 100, (max ?? Infinity) / 100];
  return (row) => {
    const share = shares[row] ?? NaN;
    return share >= least && share < most;
  };
}

/** Undefined: by id. */
function keyColumn({ result, share, observed }: Omit<SortableRows, "order">, sort: SortKey): Float64Array | undefined {
  if (sort === "share") return share;
  if (sort === "observed") return observed;
  if (sort === "change") return Float64Array.from(result.storeIds.keys(), (row) => changeOf(result, row) ?? NaN);
  const { main, others } = rowColumns(result.windows);
  const column = [...main, ...others].find(({ key }) => key === sort);
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
