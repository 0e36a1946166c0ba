import type { Sql, Transaction } from "../db/connection/client.ts";
import { readStoresByKey, type StoreRecord } from "../db/polls/poll_days.ts";
import { withSnapshot } from "../db/postgres/snapshot.ts";
import { type MonthColumns, readMonths, type TrendMonth } from "../db/trends/trend_months.ts";
import { monthOf } from "../domain/time/date.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { dayMeasurer, type DaySums } from "../domain/trends/day_sums.ts";
import type { Dates } from "../domain/trends/local_dates.ts";
import { packMonth, unpackMonth } from "../domain/trends/packed_days.ts";
import { Timezones } from "../report/timezones.ts";
import type { ComputeDays, DaysTask } from "./days_task.ts";

/** Sums up dates in this thread, as the snapshot of a task shows them. */
export function daysComputer(sql: Sql, zoneRules: ZoneRules): ComputeDays {
  const timezones = new Timezones(zoneRules);
  return async (task) => {
    if (task.tzdata !== zoneRules.version) {
      throw new Error(`The sums are made by the zone rules ${task.tzdata}, but this worker has ${zoneRules.version}`);
    }
    const { stores, months } = await withSnapshot(sql, task.snapshot, (tx) => read(tx, task));
    const there = Map.groupBy(months, ({ storeKey }) => storeKey);
    const measure = dayMeasurer(task.dates, task.asOf);
    return columnsOf(stores.flatMap(({ storeKey, rules: stored, polls }) => {
      const rules = timezones.open(stored);
      if (rules instanceof RangeError) return [];
      return monthsWith(there.get(storeKey) ?? [], { storeKey, sums: measure({ rules, polls }) });
    }));
  };
}

interface Found {
  readonly stores: readonly StoreRecord[];
  /** What is kept of their months already. */
  readonly months: readonly TrendMonth[];
}

/** Around local dates, polls of a UTC day before and one after may count: zones reach from 12 hours behind to 14 ahead. */
async function read(tx: Transaction, { keys, dates, asOf }: DaysTask): Promise<Found> {
  const days = [{ first: dates.start - 1, last: dates.end }];
  const [stores, months] = await Promise.all([
    readStoresByKey(tx, keys, { days, asOf }),
    readMonths(tx, keys, monthsOf(dates)),
  ]);
  return { stores, months };
}

/** The first dates of the months that some dates lie in. */
export function monthsOf({ start, end }: Dates): EpochDay[] {
  const months: EpochDay[] = [];
  for (let month = monthOf(start); month < end; month = monthOf(month, 1)) months.push(month);
  return months;
}

/** A store's months with some dates put in, or put in again. */
function monthsWith(
  there: readonly TrendMonth[],
  { storeKey, sums }: { storeKey: number; sums: readonly DaySums[] },
): TrendMonth[] {
  const fresh = Map.groupBy(sums, ({ date }) => monthOf(date));
  return Array.from(fresh, ([month, days]) => {
    const old = there.find((each) => each.month === month);
    const all = new Map((old === undefined ? [] : unpackMonth(month, old)).map((day) => [day.date, day]));
    for (const day of days) all.set(day.date, day);
    return { storeKey, month, ...packMonth(month, [...all.values()].sort((a, b) => a.date - b.date)) };
  });
}

function columnsOf(months: readonly TrendMonth[]): MonthColumns {
  return {
    storeKeys: months.map(({ storeKey }) => storeKey),
    months: months.map(({ month }) => month),
    days: months.map(({ days }) => days.toHex()),
    hours: months.map(({ hours }) => hours.toHex()),
  };
}
