import type { ReportRow, Uptime } from "./report_row.ts";

/** Uptime and downtime of all stores together, in microseconds: 15,000 stores' weeks are more than a double can count. */
export interface FleetSum {
  readonly up: bigint;
  readonly down: bigint;
}

/** The fleet's uptime is a ratio of sums, never a mean of ratios. */
export type FleetUptime = Record<keyof ReportRow, FleetSum>;

/** A store and how it fared in the week. */
export interface StoreWeek extends Uptime {
  readonly storeId: string;
}

const NOTHING: FleetSum = { up: 0n, down: 0n };
export const NO_STORES: FleetUptime = { hour: NOTHING, day: NOTHING, week: NOTHING };

/** So many weeks of stores a double counts exactly: 6,048 × 10^12 microseconds, below 2^53. */
const EXACT_ROWS = 10_000;

export function sumRows(rows: readonly ReportRow[]): FleetUptime {
  let sum = NO_STORES;
  for (let index = 0; index < rows.length; index += EXACT_ROWS) {
    sum = sumFleets(sum, exactSum(rows.slice(index, index + EXACT_ROWS)));
  }
  return sum;
}

export function sumFleets(a: FleetUptime, b: FleetUptime): FleetUptime {
  const plus = (a: FleetSum, b: FleetSum) => ({ up: a.up + b.up, down: a.down + b.down });
  return { hour: plus(a.hour, b.hour), day: plus(a.day, b.day), week: plus(a.week, b.week) };
}

function exactSum(rows: readonly ReportRow[]): FleetUptime {
  const sum = (name: keyof ReportRow): FleetSum => {
    let up = 0;
    let down = 0;
    for (const { [name]: uptime } of rows) {
      up += uptime.up;
      down += uptime.down;
    }
    return { up: BigInt(up), down: BigInt(down) };
  };
  return { hour: sum("hour"), day: sum("day"), week: sum("week") };
}

/** The share of uptime in what was judged, 0 to 1; undefined if nothing was. */
export function uptimeRatio({ up, down }: FleetSum | Uptime): number | undefined {
  const judged = Number(up) + Number(down);
  return judged === 0 ? undefined : Number(up) / judged;
}

/** The stores with the most downtime in the week, worst first; equals in the order of their ids. */
export function worst(stores: readonly StoreWeek[], count: number): StoreWeek[] {
  return stores.filter(({ down }) => down > 0)
    .sort((a, b) => b.down - a.down || byCodePoint(a.storeId, b.storeId))
    .slice(0, count);
}

/** Not `<`, which compares UTF-16: it has U+1F3EA before U+FF21. */
function byCodePoint(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return (a.codePointAt(index) ?? -1) - (b.codePointAt(index) ?? -1);
}
