import { transaction } from "../../src/db/postgres/transaction.ts";
import { readMonths, writeMonths } from "../../src/db/trends/trend_months.ts";
import { monthOf } from "../../src/domain/time/date.ts";
import type { DaySums } from "../../src/domain/trends/day_sums.ts";
import { packMonth, unpackMonth } from "../../src/domain/trends/packed_days.ts";
import { DATES_KEPT } from "../../src/trends/wanted_dates.ts";
import { keepAll, lastDate } from "../support/trends.ts";
import type { Bench, Measure } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { median, spread, timed } from "./measure.ts";
import { Service } from "./service.ts";

const STORES_AT_ONCE = 1_000;

/** How long pages of trends take with all dates that are ever kept, and how much room these take. */
export const trends: Bench = {
  id: "B18",
  name: "page of trends of all stores",
  async run(context) {
    await using fleet = await context.fleet();
    const { sql } = fleet;
    const keeping = await timed(() => keepAll(sql));
    const [kept] = await sql<{ days: number }[]>`
      select sum(upper(range) - lower(range))::integer as days from trend_stores cross join unnest(kept) as range`;
    await repeatDates(fleet);
    await using service = await Service.startWarm(context, fleet.address);
    const pages = ["?days=30", "?days=90", "?days=365", "?days=90&group_by=region"];
    const [store] = await sql<{ id: string }[]>`select store_id as id from stores order by store_id limit 1`;
    const times = new Map<string, number[]>();
    for (const page of [...pages, `?days=365&store=${store?.id}`]) {
      const found: number[] = [];
      for (let run = 0; run <= context.options.runs; run++) {
        found.push(await timed(async () => void await service.get(`/trends${page}`)));
      }
      times.set(page.replace(/store=.*/, "store=…"), found.slice(1));
    }
    const page = (name: string, most: number): Measure => {
      const found = times.get(name) ?? [];
      return { name: `/trends${name}`, unit: "ms", value: median(found), ...spread(found), goal: { most } };
    };
    const size = await bytesOfDate(fleet);
    return {
      measures: [
        page("?days=90", 500),
        page("?days=365", 2_000),
        page("?days=365&store=…", 100),
        { name: "a date of a store", unit: "bytes", value: size, ...spread([size]), goal: { most: 30 } },
      ],
      detail: {
        "µs to sum up a date of a store, one thread": keeping * 1000 / (kept?.days ?? NaN),
        ...Object.fromEntries([...times].map(([name, found]) => [`${name} ms`, median(found)])),
      },
    };
  },
};

/** Fills all dates that are kept with those of the sample, again and again. */
async function repeatDates({ sql }: Fleet): Promise<void> {
  const rows = await sql<{ key: number }[]>`select store_key as key from trend_stores order by 1`;
  const end = await lastDate(sql) + 1;
  const first = end - DATES_KEPT;
  for (let from = 0; from < rows.length; from += STORES_AT_ONCE) {
    const keys = rows.slice(from, from + STORES_AT_ONCE).map(({ key }) => key);
    await transaction(sql, async (tx) => {
      const months = await readMonths(tx, keys, [monthOf(end - 1), monthOf(end - 1, -1)]);
      const packed = keys.flatMap((storeKey) => {
        const known = months.filter((each) => each.storeKey === storeKey)
          .flatMap((month) => unpackMonth(month.month, month));
        return repeated(known, { first, end }).map((month) => ({ storeKey, ...month }));
      });
      await writeMonths(tx, {
        storeKeys: packed.map(({ storeKey }) => storeKey),
        months: packed.map(({ month }) => month),
        days: packed.map(({ days }) => days.toHex()),
        hours: packed.map(({ hours }) => hours.toHex()),
      });
    });
  }
  await sql`
    update trend_stores set kept = datemultirange(daterange(
      date '1970-01-01' + ${first}::integer, date '1970-01-01' + ${end}::integer
    ))`;
  // The service leaves alone what a later version made.
  await sql`update trend_state set made_by = 'later', begins = date '1970-01-01' + ${first}::integer`;
  await sql`vacuum (analyze) trend_months`;
}

function repeated(known: readonly DaySums[], { first, end }: { first: number; end: number }) {
  const dates = Array.from({ length: end - first }, (_, place) => first + place);
  return Array.from(Map.groupBy(dates, (date) => monthOf(date)), ([month, days]) => ({
    month,
    ...packMonth(
      month,
      days.flatMap((date) => known.slice(date % known.length)[0] ?? []).map((sums, place) => ({
        ...sums,
        date: (days[0] ?? NaN) + place,
      })),
    ),
  }));
}

/** With everything around it, and the index. */
async function bytesOfDate({ sql }: Fleet): Promise<number> {
  const [row] = await sql<{ bytes: number }[]>`
    select pg_total_relation_size('trend_months') / (count(*) * ${DATES_KEPT}::float8) as bytes from trend_stores`;
  return row?.bytes ?? NaN;
}
