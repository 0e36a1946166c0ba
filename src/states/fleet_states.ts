import type { Sql, Transaction } from "../db/connection/client.ts";
import { latestPoll } from "../db/polls/latest_poll.ts";
import { readStores, readStoresByKey, type StoreRecord } from "../db/polls/poll_days.ts";
import { transaction } from "../db/postgres/transaction.ts";
import { changesSince, type Seen, type StoreChanges } from "../db/stores/store_changes.ts";
import { storeRanges } from "../db/tags/store_ranges.ts";
import type { StoreState } from "../domain/store_state.ts";
import { DAY, type Micros } from "../domain/time/interval.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { Timezones } from "../report/timezones.ts";
import { Turn } from "../turn.ts";
import { readEarlier } from "./earlier_polls.ts";
import { FleetView } from "./fleet_view.ts";
import { KnownStore } from "./known_store.ts";

/** Stores read at a time: their polls are decoded in one go. */
const STORES_AT_ONCE = 500;
/** The day of as-of and two before it: a local day begins at most 26 hours before as-of. */
const DAYS_READ = 2;

/**
 * The state of every store at the latest poll of all, kept in memory. Only stores that changed are read again, whichever process
 * changed them. All states of a view belong to one instant and to one snapshot of the database.
 */
export class FleetStates {
  readonly #sql: Sql;
  readonly #timezones: Timezones;
  readonly #freshForMs: number;
  #stores = new Map<number, KnownStore>();
  #seen: Seen | undefined;
  #view = FleetView.EMPTY;
  #askedAt = -Infinity;
  #lookedAt = -Infinity;
  #looking: Promise<void> | undefined;

  /** @param freshForMs how old an answer may be. The default looks at each question, which takes a millisecond if nothing changed. */
  constructor({ sql, zoneRules }: { sql: Sql; zoneRules: ZoneRules }, freshForMs = 0) {
    this.#sql = sql;
    this.#timezones = new Timezones(zoneRules);
    this.#freshForMs = freshForMs;
  }

  /** The states as they are now, or were a moment ago. */
  async view(): Promise<FleetView> {
    this.#askedAt = performance.now();
    if (performance.now() - this.#lookedAt > this.#freshForMs) await this.look();
    return this.#view;
  }

  /** Whether the states were asked for within the last minute. */
  get isWatched(): boolean {
    return performance.now() - this.#askedAt < 60_000;
  }

  /** Looks for changes. A caller that comes while this goes on waits for a look that begins after its call. */
  async look(): Promise<void> {
    const before = this.#looking;
    await (before === undefined ? this.#lookNow() : before.catch(() => {}).then(() => this.#next()));
  }

  /** Completes `since` of stores that are up: most have been for so long that it is searched for only when it is shown. */
  async withSince(view: FleetView, storeIds: readonly string[]): Promise<ReadonlyMap<string, StoreState>> {
    const shown = storeIds.flatMap((storeId) => {
      const store = view.storeOf(storeId);
      return store === undefined ? [] : [store];
    });
    const { asOf } = view;
    if (asOf === undefined) return new Map();
    const lacksSince = (store: KnownStore) => store.lacksSince && isSeen(store.stateAt(asOf));
    if (shown.some(lacksSince)) await transaction(this.#sql, (tx) => readEarlier(tx, shown, lacksSince));
    return new Map(shown.map((store) => [store.storeId, store.stateAt(asOf)]));
  }

  /** Callers that waited for the same look share the next one. */
  async #next(): Promise<void> {
    await (this.#looking ?? this.#lookNow());
  }

  #lookNow(): Promise<void> {
    const looking = this.#read().finally(() => this.#looking = undefined);
    this.#looking = looking;
    return looking;
  }

  async #read(): Promise<void> {
    const began = performance.now();
    await transaction(this.#sql, async (tx) => {
      const [changes, asOf] = await Promise.all([changesSince(tx, this.#seen), latestPoll(tx)]);
      const before = this.#view.asOf;
      // The latest poll was removed: nothing that is known has to hold.
      const isBack = before !== undefined && !(asOf !== undefined && asOf >= before);
      const keys = isBack ? "all" : changes.keys;
      if (keys === "all" || keys.size > 0 || asOf !== before) await this.#renew(tx, keys, asOf);
      this.#seen = changes.now;
    }, "repeatable read read only");
    this.#lookedAt = began;
  }

  async #renew(tx: Transaction, keys: StoreChanges["keys"], asOf: Micros | undefined): Promise<void> {
    const stores = keys === "all" ? new Map<number, KnownStore>() : new Map(this.#stores);
    const fresh: KnownStore[] = [];
    const readFrom = (Math.floor((asOf ?? 0) / DAY) - DAYS_READ) * DAY;
    for await (const records of this.#records(tx, keys, { from: readFrom, asOf: asOf ?? 0 })) {
      for (const record of records) fresh.push(this.#know(record, readFrom));
    }
    // One that is not there any more, or has other tags now, is not read again.
    if (keys !== "all") { for (const key of keys) stores.delete(key); }
    for (const store of fresh) stores.set(store.storeKey, store);
    if (asOf !== undefined) {
      await readEarlier(tx, stores.values(), (store) => store.lacksMidnight(asOf));
      await readEarlier(tx, stores.values(), (store) => store.lacksDownSince);
    }
    this.#view = await FleetView.of(stores, asOf);
    this.#stores = stores;
  }

  #know(record: StoreRecord, readFrom: Micros): KnownStore {
    const rules = this.#timezones.open(record.rules);
    return new KnownStore(record, rules instanceof RangeError ? undefined : rules, readFrom);
  }

  /** Lets others run after each batch. */
  async *#records(
    tx: Transaction,
    keys: StoreChanges["keys"],
    span: { from: Micros; asOf: Micros },
  ): AsyncGenerator<StoreRecord[]> {
    const turn = new Turn();
    if (keys === "all") {
      for (const range of await storeRanges(tx, STORES_AT_ONCE)) {
        yield await readStores(tx, range, span);
        await turn.pass();
      }
      return;
    }
    const changed = [...keys];
    for (let first = 0; first < changed.length; first += STORES_AT_ONCE) {
      yield await readStoresByKey(tx, changed.slice(first, first + STORES_AT_ONCE), span);
      if (first > 0) await turn.pass();
    }
  }
}

function isSeen({ state }: StoreState): boolean {
  return state === "up" || state === "down";
}
