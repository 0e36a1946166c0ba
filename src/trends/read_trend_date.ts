import type { Transaction } from "../db/connection/client.ts";
import type { Selection } from "../db/trends/kept_dates.ts";
import { readParts } from "../db/trends/trend_months.ts";
import { monthOf } from "../domain/time/date.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import { MonthSums } from "../domain/trends/month_sums.ts";
import { SumsByPlace } from "../domain/trends/trend_sums.ts";
import type { Timezones } from "../report/timezones.ts";
import { KeptView } from "./kept_view.ts";
import type { StoreSums, TrendDate } from "./trend.ts";

/** What a date of a trend is made of. */
export interface TrendDateStores extends TrendDate {
  /** In no order. */
  readonly byStore: readonly StoreSums[];
  /** The dates of which anything is kept. */
  readonly known: { readonly first: EpochDay; readonly last: EpochDay };
}

/** @returns undefined if there are no such stores, or if the date is not over or has no polls where they are */
export async function readTrendDate(
  tx: Transaction,
  { date, ...selection }: Selection & { readonly date: EpochDay },
  timezones: Timezones,
): Promise<TrendDateStores | undefined> {
  const view = await KeptView.read(tx, selection, timezones);
  const stores = view?.storesOn(date) ?? 0;
  if (view === undefined || stores === 0) return undefined;
  const month = monthOf(date);
  const [together, sums, byStore] = [new SumsByPlace(1), new MonthSums(), [] as StoreSums[]];
  const keys = selection.where === undefined && selection.storeId === undefined
    ? undefined
    : view.cohorts.flatMap(({ keys }) => keys);
  for (const part of await readParts(tx, { months: [month], column: "days", keys })) {
    const mask = view.daysOf(part.storeKey, month) & 1 << (date - month);
    if (mask === 0) continue;
    const { scheduled, down, unknown } = sums.add(part, mask);
    byStore.push({ storeKey: part.storeKey, scheduled, down, up: scheduled - down - unknown });
    if (sums.isFull) sums.take((_, taken) => together.add(0, taken));
  }
  sums.take((_, taken) => together.add(0, taken));
  const first = Math.min(...view.cohorts.map(({ wanted }) => wanted.start));
  const last = Math.min(...view.cohorts.map(({ wanted }) => wanted.end)) - 1;
  return { date, stores, ...together.at(0), byStore, known: { first, last } };
}
