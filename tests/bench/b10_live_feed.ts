import type { Bench, Outcome } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { BATCH, LiveFeed } from "./live_feed.ts";
import { during } from "./load_generator.ts";
import { alternate, median, type Pairs, ratio, spread } from "./measure.ts";
import { Service } from "./service.ts";
import { countStored, storedBytes } from "./stored_polls.ts";

const GOAL = 30_000;
/** A little more than the goal, so that what is measured can be the goal. */
const BATCHES_PER_SECOND = GOAL / BATCH * 1.05;

/** Whether polls come in fast enough while reports are made, what that costs the reports, and what the polls take on disk. */
export const liveFeed: Bench = {
  id: "B10",
  name: `live polls in batches of ${BATCH} while reports are made`,
  async run(context) {
    const { runs, seconds } = context.options;
    await using fleet = await context.fleet();
    await using service = await Service.startWarm(context, fleet.address);
    const feed = await LiveFeed.open(service, fleet);
    const loaded = await storedIn(fleet);
    await feed.sendHours(24);
    const stored = { loaded, day: await storedIn(fleet) };
    const rates: number[] = [];
    const fed = async () => {
      feed.prepare(Math.ceil(BATCHES_PER_SECOND * seconds * AMPLE));
      const reports = reportsFor(service, seconds);
      rates.push(await during(reports, (signal) => feed.send({ signal, batchesPerSecond: BATCHES_PER_SECOND })));
      return median(await reports);
    };
    const pairs = await alternate(runs, fed, async () => median(await reportsFor(service, seconds / 2)));
    return outcome(pairs, rates, stored);
  },
};

/** Polls and their bytes on disk, before and after a day's feed. */
type Stored = Readonly<Record<"loaded" | "day", { readonly polls: number; readonly bytes: number }>>;

function outcome(pairs: Pairs, rates: readonly number[], { loaded, day }: Stored): Outcome {
  const size = day.bytes / day.polls;
  return {
    measures: [
      { name: "polls taken in", unit: "polls/s", value: median(rates), ...spread(rates), goal: { least: GOAL } },
      ratio("report with the feed ÷ without", pairs, { most: 1.5 }),
      { name: "a stored poll after a day's feed", unit: "bytes", value: size, ...spread([size]), goal: { most: 16 } },
    ],
    detail: {
      "report with the feed ms": median(pairs.ours),
      "quiet report ms": median(pairs.theirs),
      "polls/s sent": BATCHES_PER_SECOND * BATCH,
      "bytes of a stored poll before that day": loaded.bytes / loaded.polls,
      "bytes that each poll of that day added": (day.bytes - loaded.bytes) / (day.polls - loaded.polls),
    },
  };
}

async function storedIn({ sql }: Fleet): Promise<{ polls: number; bytes: number }> {
  return { polls: await countStored(sql), bytes: await storedBytes(sql) };
}

/** The last report of a run goes on for a while after its seconds are over. */
const AMPLE = 1.2;

/** Makes reports, one after the other, for some time. @returns how long each took */
async function reportsFor(service: Service, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  do times.push(await service.report()); while (performance.now() < end);
  return times;
}
