import { setTimeout as delay } from "node:timers/promises";
import { formatInstant } from "../../src/domain/time/instant.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import type { Bench, Outcome } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { during } from "./load_generator.ts";
import { alternate, median, type Pairs, ratio, spread } from "./measure.ts";
import { Service } from "./service.ts";
import { countStored, storedBytes } from "./stored_polls.ts";

const GOAL = 30_000;
const BATCH = 500;
/** A little more than the goal, so that what is measured can be the goal. */
const BATCHES_PER_SECOND = GOAL / BATCH * 1.05;
/** Batches under way at a time. */
const SENDERS = 4;

/** Rounds of all stores in a day. */
const DAY_ROUNDS = 24;

/** Whether polls come in fast enough while reports are made, what that costs the reports, and what the polls take on disk. */
export const liveFeed: Bench = {
  id: "B10",
  name: `live polls in batches of ${BATCH} while reports are made`,
  async run(context) {
    const { runs, seconds } = context.options;
    await using fleet = await context.fleet();
    await using service = await Service.startWarm(context, fleet.address);
    const ids = await storeIds(fleet);
    const batches = feed(ids, fleet);
    const loaded = await storedIn(fleet);
    await sendMany(service, batches, Math.ceil(DAY_ROUNDS * ids.length / BATCH));
    const stored = { loaded, day: await storedIn(fleet) };
    const rates: number[] = [];
    const fed = async () => {
      const ready = prepared(batches, Math.ceil(BATCHES_PER_SECOND * seconds * AMPLE));
      const reports = reportsFor(service, seconds);
      rates.push(await during(reports, (signal) => send(service, ready, signal)));
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

/** Makes reports, one after the other, for some time. @returns how long each took */
async function reportsFor(service: Service, seconds: number): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  do times.push(await service.report()); while (performance.now() < end);
  return times;
}

/** Sends a number of batches as fast as they are taken in. */
async function sendMany(service: Service, batches: Iterator<string, never>, count: number): Promise<void> {
  let sent = 0;
  const sender = async () => {
    while (sent++ < count) await sendBatch(service, batches);
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

/** The last report of a run goes on for a while after its seconds are over. */
const AMPLE = 1.2;

/** Writes batches before they are sent: whoever has the polls has them on another machine, and here both share the cores. */
function prepared(batches: Iterator<string, never>, count: number): Iterator<string, never> {
  const ready = Array.from({ length: count }, () => batches.next().value).reverse();
  return { next: () => ({ done: false, value: ready.pop() ?? batches.next().value }) };
}

/** @returns polls a second that were taken in */
async function send(service: Service, batches: Iterator<string, never>, signal: AbortSignal): Promise<number> {
  const begun = performance.now();
  let sent = 0;
  const sender = async () => {
    while (!signal.aborted) {
      const wait = begun + sent * 1000 / BATCHES_PER_SECOND - performance.now();
      sent++;
      if (wait > 0) await delay(wait);
      await sendBatch(service, batches);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return sent * BATCH / (performance.now() - begun) * 1000;
}

async function sendBatch(service: Service, batches: Iterator<string, never>): Promise<void> {
  await service.get("/polls", { method: "POST", headers: JSON_BODY, body: batches.next().value });
}

const JSON_BODY = { "Content-Type": "application/json" };

async function storeIds({ sql }: Fleet): Promise<string[]> {
  const rows = await sql<{ store_id: string }[]>`select store_id from stores order by md5(store_id)`;
  return rows.map(({ store_id }) => store_id);
}

/**
 * Polls as a live feed would go on: each store once an hour, in no order of stores, within eight minutes of the hour. As in the
 * sample, 6 % are inactive, five in a row.
 */
function* feed(stores: readonly string[], { asOf }: Fleet): Generator<string, never> {
  let polls: unknown[] = [];
  for (let hour = 1;; hour++) {
    for (const [index, store_id] of stores.entries()) {
      const at = asOf + hour * HOUR + Math.floor(index / stores.length * 8 * MINUTE);
      const status = Math.floor((index + hour) / 5) % 16 === 0 ? "inactive" : "active";
      polls.push({ store_id, status, timestamp_utc: formatInstant(at) });
      if (polls.length < BATCH) continue;
      yield JSON.stringify(polls);
      polls = [];
    }
  }
}
