import { setTimeout as delay } from "node:timers/promises";
import { formatInstant } from "../../src/domain/time/instant.ts";
import { HOUR, MINUTE } from "../../src/domain/time/interval.ts";
import type { Fleet } from "./context.ts";
import type { Service } from "./service.ts";

/** Polls of a request. */
export const BATCH = 500;
/** Batches under way at a time. */
const SENDERS = 4;

const JSON_BODY = { "Content-Type": "application/json" };

/** How long batches are sent, and how many a second at most. */
export interface Pace {
  readonly signal: AbortSignal;
  /** As many as are taken in if it is undefined. */
  readonly batchesPerSecond?: number;
}

/** The polls that follow those of a fleet, sent to a service. */
export class LiveFeed {
  readonly #service: Service;
  readonly #stores: readonly string[];
  readonly #batches: Iterator<string, never>;
  #ready: string[] = [];

  private constructor(service: Service, stores: readonly string[], { asOf }: Fleet) {
    this.#service = service;
    this.#stores = stores;
    this.#batches = batches(stores, asOf);
  }

  /** The service may have another database with the same sample. */
  static async open(service: Service, fleet: Fleet): Promise<LiveFeed> {
    const rows = await fleet.sql<{ store_id: string }[]>`select store_id from stores order by md5(store_id)`;
    return new LiveFeed(service, rows.map(({ store_id }) => store_id), fleet);
  }

  /** Writes batches before they are sent: a client has its polls on another machine, and here it would take the cores of the service. */
  prepare(count: number): void {
    this.#ready = Array.from({ length: count }, () => this.#batches.next().value).reverse();
  }

  /** Sends the polls of some hours as fast as they are taken in. */
  async sendHours(hours: number): Promise<void> {
    const count = Math.ceil(hours * this.#stores.length / BATCH);
    let sent = 0;
    await each(async () => {
      while (sent++ < count) await this.#sendBatch();
    });
  }

  /** Sends for some time. @returns polls a second that were taken in */
  async send({ signal, batchesPerSecond = Infinity }: Pace): Promise<number> {
    const begun = performance.now();
    let sent = 0;
    await each(async () => {
      while (!signal.aborted) {
        const wait = begun + sent * 1000 / batchesPerSecond - performance.now();
        sent++;
        if (wait > 0) await delay(wait);
        await this.#sendBatch();
      }
    });
    return sent * BATCH / (performance.now() - begun) * 1000;
  }

  async #sendBatch(): Promise<void> {
    const body = this.#ready.pop() ?? this.#batches.next().value;
    await this.#service.get("/polls", { method: "POST", headers: JSON_BODY, body });
  }
}

async function each(sender: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

/**
 * Polls as a live feed would go on: each store once an hour, in no order of stores, within eight minutes of the hour. As in the
 * sample, 6 % are inactive, five in a row.
 */
function* batches(stores: readonly string[], asOf: number): Generator<string, never> {
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
