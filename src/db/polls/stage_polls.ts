import { setTimeout as delay } from "node:timers/promises";
import { PollPacker } from "../../domain/polls/poll_packer.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { rejectNoOthers, StagedStores, type Staging, takeTurn } from "../stores/staging.ts";
import { hasPolls } from "./count_polls.ts";
import { type Months, packedTightly, providePartitions } from "./partitions.ts";
import { SpilledDays } from "./spilled_days.ts";
import { batches, daysByKey, insertDays, noteWritten, writeDays, writer } from "./write_days.ts";

export interface StagedPoll {
  readonly storeId: string;
  readonly active: boolean;
  readonly at: Micros;
}

/** Where staged polls will go. */
export interface PollsTarget {
  /** Makes partitions, apart from the load's transaction. */
  readonly sql: Sql;
  /** Receives the months that the file has polls of. */
  readonly months: Months;
  /** Polls that are packed in memory, at about 25 bytes each; {@linkcode MOST_IN_MEMORY} if not given. */
  readonly mostInMemory?: number;
}

/** More polls than this are spilled: packed, and kept in a temporary table until the file ends. */
const MOST_IN_MEMORY = 2_000_000;
/** Polls of a file on their way to the database. */
export interface PollStaging extends Staging<StagedPoll> {
  /** Adds one poll; `store` is a number that `stores.numbers` gave. */
  addPoll(store: number, at: Micros, active: boolean): void;
  /** Sends what has to be sent after some polls were added one by one. */
  flush(): Promise<void>;
}

/** Prepares to load a file of polls: packs them in memory, and writes them by days. */
export async function stagePolls(tx: Transaction, target: PollsTarget): Promise<PollStaging> {
  return new StagedPolls(tx, await StagedStores.create(tx), target);
}

class StagedPolls implements PollStaging {
  readonly kind = "polls";
  readonly rejectOthers = rejectNoOthers;
  readonly stores: StagedStores;
  readonly #tx: Transaction;
  readonly #target: PollsTarget;
  readonly #packer = new PollPacker();
  readonly #spilled: SpilledDays;
  readonly #toWrite = writer();
  #latest: Micros = -Infinity;

  constructor(tx: Transaction, stores: StagedStores, target: PollsTarget) {
    this.stores = stores;
    this.#tx = tx;
    this.#target = target;
    this.#spilled = new SpilledDays(tx);
  }

  get goodRows(): Fragment {
    return this.#spilled.numbersAnd(this.#packer.stores());
  }

  async add(rows: readonly StagedPoll[]): Promise<void> {
    for (const { storeId, at, active } of rows) this.addPoll(this.stores.numbers.numberOf(storeId), at, active);
    await this.flush();
  }

  addPoll(store: number, at: Micros, active: boolean): void {
    if (at > this.#latest) this.#latest = at;
    this.#target.months.add(at);
    this.#packer.add(store, at, active);
  }

  async flush(): Promise<void> {
    await this.stores.send();
    if (this.#packer.length >= (this.#target.mostInMemory ?? MOST_IN_MEMORY)) await this.#spill();
  }

  async merge(): Promise<number> {
    const tx = this.#tx;
    const { sql, months } = this.#target;
    await takeTurn(tx, "polls");
    // Before the table is locked: another connection adds partitions to it.
    await providePartitions(sql, months);
    // Before stores are made: live polls, too, lock the table of polls first and then make their stores.
    const write = await isFirstLoad(tx) ? insertDays : writeDays;
    const keys = await this.stores.provide();
    if (this.#latest === -Infinity) return 0;
    if (!this.#spilled.isEmpty) await this.#spill();
    const polled = tx`select store_key from staged_keys where number in (select number from (${this.goodRows}) good)`;
    const changed = await packedTightly(
      tx,
      months,
      () => this.#spilled.isEmpty ? this.#writePacked(keys, write) : this.#spilled.write(),
    );
    await noteWritten(tx, polled, this.#latest);
    return changed;
  }

  /** Packs by number, since keys are not known before the file ends. */
  async #spill(): Promise<void> {
    const numbers = Array.from({ length: this.stores.numbers.count + 1 }, (_, number) => number);
    for (const batch of batches(this.#packer.pack(numbers))) await this.#spilled.add(batch.map(this.#toWrite));
  }

  async #writePacked(keys: Int32Array, write: typeof writeDays): Promise<number> {
    let changed = 0;
    let writing = Promise.resolve(0);
    for (const batch of batches(this.#packer.pack(keys))) {
      const days = batch.map(this.#toWrite);
      changed += await writing;
      // Postgres writes while the next batch is packed. The statement leaves in the next round of the event loop.
      writing = write(this.#tx, daysByKey(this.#tx, days));
      writing.catch(() => {});
      await delay(1);
    }
    return changed + await writing;
  }
}

/**
 * Whether there are no polls yet. If so, no other transaction adds any until the end of this one, and no day needs to be compared with
 * what is there: that saves a third of the database's time.
 */
async function isFirstLoad(tx: Transaction): Promise<boolean> {
  if (await hasPolls(tx)) return false;
  await tx`lock table only poll_days in share row exclusive mode`;
  return !(await hasPolls(tx));
}
