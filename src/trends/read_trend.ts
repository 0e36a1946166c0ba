import type { Transaction } from "../db/connection/client.ts";
import { type MonthPart, type MonthQuestion, readParts } from "../db/trends/trend_months.ts";
import type { EpochDay } from "../domain/time/timezone.ts";
import type { Timezones } from "../report/timezones.ts";
import { monthsOf } from "./compute_days.ts";
import { KeptView } from "./kept_view.ts";
import { TrendCollector } from "./trend_collector.ts";
import type { Periods, Trend, TrendQuestion } from "./trend.ts";

/**
 * Reads a trend from the sums that are kept, in one snapshot.
 *
 * @returns undefined if there are no polls, or no such stores, or if no date with polls is over
 */
export async function readTrend(
  tx: Transaction,
  question: TrendQuestion,
  timezones: Timezones,
): Promise<Trend | undefined> {
  const view = await KeptView.read(tx, question, timezones);
  const periods = view && periodsOf(view, question.days);
  if (view === undefined || periods === undefined) return undefined;
  const collector = new TrendCollector(view, periods);
  const isOfAll = question.where === undefined && question.storeId === undefined;
  const asked = whatToRead(periods, isOfAll ? undefined : collector.keys);
  for await (const { column, parts } of readInTurn(tx, asked)) {
    if (column === "days") await collector.addDays(parts);
    else await collector.addHours(parts);
  }
  return collector.trend();
}

function periodsOf({ cohorts }: KeptView, days: number): Periods | undefined {
  const end = Math.min(...cohorts.map(({ wanted }) => wanted.end));
  const begins = Math.min(...cohorts.map(({ wanted }) => wanted.start));
  if (!(begins < end)) return undefined;
  return { period: { start: end - days, end }, before: { start: end - 2 * days, end: end - days } };
}

/** Of so few stores, all months come at once. */
const FEW = 100;

/** The period before has no heat map. */
function whatToRead({ period, before }: Periods, keys: readonly number[] | undefined): MonthQuestion[] {
  const [days, hours] = [monthsOf({ start: before.start, end: period.end }), monthsOf(period)];
  const isFew = keys !== undefined && keys.length <= FEW;
  const inTurn = (months: EpochDay[]) => isFew ? [months] : months.map((month) => [month]);
  return [
    ...inTurn(days).map((months) => ({ months, keys, column: "days" } as const)),
    ...inTurn(hours).map((months) => ({ months, keys, column: "hours" } as const)),
  ];
}

interface MonthAnswer extends MonthQuestion {
  readonly parts: Iterable<MonthPart>;
}

/** Postgres finds the next month while the caller adds up one. */
async function* readInTurn(tx: Transaction, asked: readonly MonthQuestion[]): AsyncGenerator<MonthAnswer> {
  let reading = asked.slice(0, 1).map((question) => readParts(tx, question));
  for (const [index, question] of asked.entries()) {
    const [parts = []] = await Promise.all(reading);
    reading = asked.slice(index + 1, index + 2).map((next) => readParts(tx, next));
    for (const next of reading) next.catch(() => {});
    yield { ...question, parts };
  }
}
