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

/** Adds up rows, one after the other. */
export class FleetTotal {
  readonly #totals = { hour: new UptimeTotal(), day: new UptimeTotal(), week: new UptimeTotal() };

  add({ hour, day, week }: ReportRow): void {
    this.#totals.hour.add(hour);
    this.#totals.day.add(day);
    this.#totals.week.add(week);
  }

  sum(): FleetUptime {
    const { hour, day, week } = this.#totals;
    return { hour: hour.sum(), day: day.sum(), week: week.sum() };
  }
}

/** Counts in doubles as long as they are exact: a bigint for every row takes as long as the row itself. */
class UptimeTotal {
  #counted = NOTHING;
  #up = 0;
  #down = 0;

  add({ up, down }: Uptime): void {
    this.#up += up;
    this.#down += down;
    if (this.#up + this.#down > EXACT) this.#count();
  }

  sum(): FleetSum {
    this.#count();
    return this.#counted;
  }

  #count(): void {
    this.#counted = plus(this.#counted, { up: BigInt(this.#up), down: BigInt(this.#down) });
    this.#up = 0;
    this.#down = 0;
  }
}

/** Leaves room for one more week below 2^53. */
const EXACT = 2 ** 52;

export function sumFleets(a: FleetUptime, b: FleetUptime): FleetUptime {
  return { hour: plus(a.hour, b.hour), day: plus(a.day, b.day), week: plus(a.week, b.week) };
}

function plus(a: FleetSum, b: FleetSum): FleetSum {
  return { up: a.up + b.up, down: a.down + b.down };
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
