import type { Bench, Goal } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { median, ratio, spread } from "./measure.ts";
import { Service } from "./service.ts";
import { countStored } from "./stored_polls.ts";

/** The sample has four weeks. Copies of them, moved back, are the rest of a year. */
const SAMPLE_DAYS = 28;
const COPIES = 13;

const LENGTHS = [1, 7, 28, 365] as const;

/** A window by each store's own calendar, beside elapsed ones. */
const BY_CALENDAR = "previous_month";

/** How the time of a report grows with the length of its window, and so with the polls that it reads. */
export const windows: Bench = {
  id: "B15",
  name: "report of one window ÷ of seven days",
  async run(context) {
    const { stores, runs } = context.options;
    await using year = await context.fleet({ stores, days: SAMPLE_DAYS });
    await addHistory(year);
    await using service = await Service.startWarm(context, year.address);
    const times = new Map<string, number[]>(windowNames().map((name) => [name, []]));
    // The first round makes Postgres read the year from the disk.
    for (let run = 0; run <= runs; run++) {
      for (const [name, found] of times) found.push(await service.report(`?windows=${name}`));
    }
    await using weekService = await Service.startWarm(context, year.address);
    for (let run = 0; run <= runs; run++) await weekService.report(`?windows=${nameOf(7)}`);
    const memory = [await service.peakMemory(), await weekService.peakMemory()] as const;
    const memories = memory[0] / memory[1];
    const timesOf = (name: string) => times.get(name)?.slice(1) ?? [];
    const against = (name: string, goal: Goal) =>
      ratio(name, { ours: timesOf(name), theirs: timesOf(nameOf(7)) }, goal);
    return {
      measures: [
        against(nameOf(1), { most: 1 }),
        against(nameOf(28), { most: 4 }),
        against(BY_CALENDAR, { most: 5 }),
        against(nameOf(365), { most: 365 / 7 }),
        { name: "peak memory", unit: "×", value: memories, ...spread([memories]), goal: { most: 2 } },
      ],
      detail: {
        "polls of the year": await countStored(year.sql),
        "MB of all windows": memory[0] / 1e6,
        "MB of seven days": memory[1] / 1e6,
        ...Object.fromEntries(windowNames().map((name) => [`${name} ms`, median(timesOf(name))])),
      },
    };
  },
};

function windowNames(): string[] {
  return [...LENGTHS.map(nameOf), BY_CALENDAR];
}

function nameOf(days: number): string {
  return `last_${days}d`;
}

/** Fills the year before the sample with its days, moved back by whole weeks, store after store as a load does it. */
async function addHistory({ sql }: Fleet): Promise<void> {
  const [row] = await sql<{ last: string }[]>`select max(day)::text as last from poll_days`;
  const last = row?.last ?? "";
  await sql`
    select provide_poll_days_of(month::date) from generate_series(
      date_trunc('month', ${last}::date - ${SAMPLE_DAYS * (COPIES + 1) + 1}::integer), ${last}::date, interval '1 month'
    ) as month`;
  for (let copy = 1; copy <= COPIES; copy++) {
    await sql`
      insert into poll_days (store_key, day, polls)
      select store_key, day - ${SAMPLE_DAYS * copy}::integer, polls from poll_days
      where day between ${last}::date - ${SAMPLE_DAYS}::integer and ${last}::date - 1
      order by store_key, day
      on conflict do nothing`;
  }
  await sql`vacuum (analyze) poll_days`;
}
