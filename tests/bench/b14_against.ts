import { METHOD_NAMES, type MethodName } from "../../src/domain/method.ts";
import type { Bench, Outcome } from "./bench.ts";
import type { BenchContext, Fleet } from "./context.ts";
import { LiveFeed } from "./live_feed.ts";
import { alternate, median, type Pairs, ratio } from "./measure.ts";
import { Service } from "./service.ts";

/** Reports of each side in a run: one alone is short enough to be disturbed by anything. */
const REPORTS = 5;
const REPORT_GOAL = { most: 1.2 };
const FEED_GOAL = { least: 1 };

/** The two versions. While one is measured, the other has nothing to do. */
interface Sides {
  readonly ours: Service;
  readonly theirs: Service;
}

interface Comparison {
  readonly name: string;
  readonly pairs: Pairs;
}

/** Whether reports and the live feed are as fast as those of another version, each with a database of its own. */
export const against: Bench = {
  id: "B14",
  name: "this version ÷ another one",
  async run(context) {
    const version = await context.otherVersion();
    await using fleet = await context.fleet();
    await using database = await context.otherFleet(version);
    await using ours = await Service.startWarm(context, fleet.address);
    await using theirs = await Service.startWarm(context, database.address, { version });
    const reports: Comparison[] = [];
    for (const method of await sharedMethods({ ours, theirs })) {
      const pairs = await compareReports({ ours, theirs }, method, context.options.runs);
      reports.push({ name: `report by ${method}`, pairs });
    }
    const feed = await compareFeeds({ ours, theirs }, context, fleet);
    return outcome(version.name, reports, { name: "live polls taken in", pairs: feed });
  },
};

function outcome(otherVersion: string, reports: readonly Comparison[], feed: Comparison): Outcome {
  const times = reports.map(({ name, pairs }) => [`${name} ms`, both(pairs)]);
  return {
    measures: [
      ...reports.map(({ name, pairs }) => ratio(name, pairs, REPORT_GOAL)),
      ratio(feed.name, feed.pairs, FEED_GOAL),
    ],
    detail: { "the other version": otherVersion, ...Object.fromEntries(times), [`${feed.name}/s`]: both(feed.pairs) },
  };
}

function both({ ours, theirs }: Pairs): string {
  return [ours, theirs].map((values) => Math.round(median(values)).toLocaleString("en")).join(" ÷ ");
}

/** The methods that both versions know. Both have made a report by each. */
async function sharedMethods({ ours, theirs }: Sides): Promise<MethodName[]> {
  const known: MethodName[] = [];
  for (const method of METHOD_NAMES) {
    if (await theirs.knows(method) && await ours.knows(method)) known.push(method);
  }
  return known;
}

/** Makes reports of both sides in turns. @returns the median of each run */
async function compareReports({ ours, theirs }: Sides, method: MethodName, runs: number): Promise<Pairs> {
  const medians = { ours: new Array<number>(), theirs: new Array<number>() };
  const query = `?method=${method}`;
  for (let run = 0; run < runs; run++) {
    const times = await alternate(REPORTS, () => ours.report(query), () => theirs.report(query));
    medians.ours.push(median(times.ours));
    medians.theirs.push(median(times.theirs));
  }
  return medians;
}

/** Sends the same polls to both sides in turns, as fast as they are taken in. @returns polls a second */
async function compareFeeds(sides: Sides, { options }: BenchContext, fleet: Fleet): Promise<Pairs> {
  const ours = await LiveFeed.open(sides.ours, fleet);
  const theirs = await LiveFeed.open(sides.theirs, fleet);
  for (const feed of [ours, theirs]) await feed.sendHours(1);
  const rateOf = (feed: LiveFeed) => () => feed.send({ signal: AbortSignal.timeout(options.seconds * 1000) });
  return await alternate(options.runs, rateOf(ours), rateOf(theirs));
}
