import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { getStore } from "../../src/db/polls/store_overview.ts";
import type { Bench } from "./bench.ts";
import type { BenchContext, Fleet } from "./context.ts";
import { alternate, median, ratio, timed } from "./measure.ts";
import { Service } from "./service.ts";
import { countStored } from "./stored_polls.ts";

const LOOK_UPS = 500;
const REPEATS = 500;

/** Whether a report, and looking up latest polls, cost the same however long the history behind the week is. */
export const history: Bench = {
  id: "B7",
  name: "a year of history ÷ the last week alone",
  async run(context) {
    const { runs } = context.options;
    await using year = await context.fleet(yearOf(context));
    await using week = await context.fleet({ ...yearOf(context), days: context.options.days });
    await using yearService = await Service.startWarm(context, year.address);
    await using weekService = await Service.startWarm(context, week.address);
    const reports = await alternate(runs, () => yearService.report(), () => weekService.report());
    const latest = await alternate(runs, lookUpAll(year), lookUpAll(week));
    const single = await alternate(runs, await lookUps(year), await lookUps(week));
    return {
      measures: [
        ratio("report", reports, { most: 1.2 }),
        ratio("latest poll of all stores", latest, { most: 1.2 }),
        ratio("latest poll of one store", single, { most: 1.2 }),
      ],
      detail: {
        ...yearOf(context),
        "polls of the year": await countStored(year.sql),
        "polls of the week": await countStored(week.sql),
        "report ms": median(reports.ours),
        "report of the week ms": median(reports.theirs),
        "latest poll of all ms": median(latest.ours) / REPEATS,
        "latest poll of all, of the week, ms": median(latest.theirs) / REPEATS,
        "latest poll of one ms": median(single.ours) / LOOK_UPS,
        "latest poll of one, of the week, ms": median(single.theirs) / LOOK_UPS,
      },
    };
  },
};

/** 52 weeks of a fifth of the stores, ten million polls and more; a history ten times as long as asked for if that is short. */
function yearOf({ options: { stores, days } }: BenchContext) {
  return { stores: Math.ceil(stores / 5), days: days < 8 ? days * 10 : 364 };
}

/** Looks for the latest poll of all, often enough to be more than the noise. */
function lookUpAll({ sql }: Fleet): () => Promise<number> {
  return () =>
    timed(async () => {
      for (let repeat = 0; repeat < REPEATS; repeat++) await latestPoll(sql);
    });
}

/** Looks up some stores spread over all of them, one after the other. */
async function lookUps({ sql }: Fleet): Promise<() => Promise<number>> {
  const stores = await sql<{ store_id: string }[]>`
    select store_id from stores order by md5(store_id) limit ${LOOK_UPS}`;
  return () =>
    timed(async () => {
      for (const { store_id } of stores) await getStore(sql, store_id);
    });
}
