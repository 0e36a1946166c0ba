import { transaction } from "../../src/db/postgres/transaction.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { readStore } from "../../src/db/polls/poll_days.ts";
import { readMonths } from "../../src/db/trends/trend_months.ts";
import { measurer } from "../../src/domain/measures/store_measures.ts";
import { DEFAULT_REQUEST, measuringOf } from "../../src/domain/report_request.ts";
import { DAY, type Micros } from "../../src/domain/time/interval.ts";
import type { ZoneRules } from "../../src/domain/time/zone_rules.ts";
import { type DaySums } from "../../src/domain/trends/day_sums.ts";
import { unpackMonth } from "../../src/domain/trends/packed_days.ts";
import { Timezones } from "../../src/report/timezones.ts";
import { monthsOf } from "../../src/trends/compute_days.ts";
import { daysComputer } from "../../src/trends/compute_days.ts";
import { keepRound } from "../../src/trends/keep_round.ts";
import { KeptView } from "../../src/trends/kept_view.ts";
import { RULES } from "./rules.ts";

/** Sums of a date, `scheduled up down`, in microseconds. */
export type DayText = string;

/** Keeps sums until nothing is lacking. */
export async function keepAll(sql: Sql, zoneRules: ZoneRules = RULES): Promise<void> {
  while (await keepSome(sql, zoneRules));
}

/** One round. @returns whether there is more to do */
export async function keepSome(sql: Sql, zoneRules: ZoneRules = RULES): Promise<boolean> {
  return await keepRound({ sql, zoneRules, compute: daysComputer(sql, zoneRules) });
}

/** What pages would show now, by `store date`; and what they would say is lacking. */
export async function shownSums(
  sql: Sql,
  zoneRules: ZoneRules = RULES,
): Promise<{ shown: Map<string, DayText>; lacking: string[] }> {
  return await transaction(sql, async (tx) => {
    const [shown, lacking] = [new Map<string, DayText>(), [] as string[]];
    const view = await KeptView.read(tx, {}, new Timezones(zoneRules));
    const ids = new Map(
      (await tx<{ key: number; id: string }[]>`select store_key as key, store_id as id from stores`)
        .map(({ key, id }) => [key, id]),
    );
    for (const { keys, wanted } of view?.cohorts ?? []) {
      const months = await readMonths(tx, keys, monthsOf(wanted));
      for (const key of keys) {
        for (let date = wanted.start; date < wanted.end; date++) {
          const month = monthsOf({ start: date, end: date + 1 })[0] ?? NaN;
          const name = `${ids.get(key)} ${nameOf(date)}`;
          if (((view?.daysOf(key, month) ?? 0) >>> (date - month) & 1) === 0) {
            lacking.push(name);
            continue;
          }
          const row = months.find((each) => each.storeKey === key && each.month === month);
          const day = row && unpackMonth(month, row).find((each) => each.date === date);
          shown.set(name, day === undefined ? "nothing" : dayText(day));
        }
      }
    }
    return { shown, lacking };
  }, "repeatable read read only");
}

function dayText({ scheduled, up, down, downByHour }: DaySums): DayText {
  const byHour = downByHour.reduce((sum, micros) => sum + micros, 0);
  return `${scheduled} ${up} ${down}${byHour === down ? "" : ` of which ${byHour} by hours`}`;
}

/** What a report with a window for each date says of one store, from all its polls. */
export async function reportedSum(sql: Sql, name: string, zoneRules: ZoneRules = RULES): Promise<DayText> {
  const [storeId = "", date = ""] = name.split(" ");
  return await transaction(sql, async (tx) => {
    const asOf = await latestPoll(tx) ?? 0;
    const store = await readStore(tx, storeId, asOf);
    const rules = store && new Timezones(zoneRules).open(store.rules);
    if (rules === undefined || rules instanceof RangeError) return "no row";
    const request = { ...DEFAULT_REQUEST, asOf, method: "observed", windows: [date] } as const;
    const [measures] = measurer(measuringOf(request))({ rules, polls: store?.polls ?? NO_POLLS });
    return `${measures?.scheduled} ${measures?.up} ${measures?.down}`;
  });
}

const NO_POLLS = { instants: new Float64Array(), active: new Uint8Array() };

export function nameOf(date: number): string {
  return new Date(date * (DAY / 1000)).toISOString().slice(0, 10);
}

/** An instant for a statement. */
export function stamp(at: Micros): string {
  return new Date(at / 1000).toISOString();
}

/** The last date of which any sum is kept. */
export async function lastDate(sql: Sql): Promise<number> {
  const [row] = await sql<{ last: number }[]>`
    select max(days(upper(range) - 1)) as last from trend_stores cross join unnest(kept) as range`;
  return row?.last ?? NaN;
}
