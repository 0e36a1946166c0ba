import type { StoresTold } from "../../domain/warning.ts";
import type { Fragment, Transaction } from "../connection/client.ts";
import { StoreNumbers } from "./store_numbers.ts";

/** A temporary table that a file's rows go to before they are merged, all at once. It vanishes with the transaction. */
export interface Staging<Row> {
  readonly kind: keyof typeof LOCKS;
  /** A query for the `number` of each store that has a row which a merge would use; it may come several times. */
  readonly goodRows: Fragment;
  /** The stores that the file names. */
  readonly stores: StagedStores;
  /** Adds a batch of rows, and the line of each. */
  add(rows: readonly Row[], lines: readonly number[]): Promise<void>;
  /**
   * Rejects rows that are good by themselves, but of no use because of another row.
   *
   * @param idColumn the file's column of store ids
   * @returns how many rows
   */
  rejectOthers(importId: string, idColumn: string): Promise<number>;
  /**
   * Merges all rows into the database.
   *
   * @returns how many rows of the database were added, altered or removed
   */
  merge(): Promise<number>;
}

/** For rows that do not depend on other rows. */
export function rejectNoOthers(): Promise<number> {
  return Promise.resolve(0);
}

/** A row that is rejected, of a store whose id can be read. */
export interface StagedFault {
  readonly storeId: string;
  readonly line: number;
}

/** An array as Postgres reads it. Five times as fast as one parameter an element; for what needs no quotes. */
export function plainArray(values: readonly (number | string)[]): string {
  return `{${values.join(",")}}`;
}

export function plainBooleans(values: readonly boolean[]): string {
  return plainArray(values.map((value) => value ? "t" : "f"));
}

/**
 * The stores that a file names, in a temporary table. Rows refer to them by a number that the file gives them, since
 * their keys are known only when the file has been read: no other transaction may wait for a store meanwhile.
 */
export class StagedStores {
  readonly #tx: Transaction;
  readonly #canNameAll: boolean;
  readonly numbers = new StoreNumbers();
  #made: StoresTold = { total: 0, first: [] };

  private constructor(tx: Transaction, canNameAll: boolean) {
    this.#tx = tx;
    this.#canNameAll = canNameAll;
  }

  /** @param canNameAll whether `*` stands for all stores. Rows refer to them by 0 */
  static async create(tx: Transaction, { canNameAll = false } = {}): Promise<StagedStores> {
    await tx`create temporary table staged_stores (number integer, store_id text collate "C") on commit drop`;
    await tx`create temporary table staged_faults (number integer, line bigint) on commit drop`;
    return new StagedStores(tx, canNameAll);
  }

  /** The number of each store, as an array for Postgres. The next statement finds all of them in `staged_stores`. */
  async number(rows: readonly { readonly storeId: string }[]): Promise<string> {
    const numbers = plainArray(rows.map(({ storeId }) => this.#numberOf(storeId)));
    await this.send();
    return numbers;
  }

  #numberOf(storeId: string): number {
    return this.isForAll(storeId) ? 0 : this.numbers.numberOf(storeId);
  }

  /** Whether an id stands for all stores. */
  isForAll(storeId: string): boolean {
    return this.#canNameAll && storeId === ALL_STORES;
  }

  /** Sends the stores that were numbered since the last call to `staged_stores`. */
  async send(): Promise<void> {
    const { first, storeIds } = this.numbers.takeNew();
    if (storeIds.length === 0) return;
    await this.#tx`
      insert into staged_stores (number, store_id)
      select ${first} + position - 1, store_id
      from unnest(${storeIds}::text[]) with ordinality as named (store_id, position)`;
  }

  /** Notes rejected rows, so that their stores exist and are marked. */
  async addFaults(faults: readonly StagedFault[]): Promise<void> {
    if (faults.length === 0) return;
    await this.#tx`
      insert into staged_faults (number, line)
      select * from unnest(
        ${await this.number(faults)}::integer[], ${plainArray(faults.map(({ line }) => line))}::bigint[])`;
  }

  /** The stores that `provide` made. */
  get made(): StoresTold {
    return this.#made;
  }

  /**
   * Makes all of them exist, and puts number and key of each into `staged_keys`; there, a store with a rejected row is
   * `faulty`. Always in the order of ids: a load that adds stores in another order could wait for this one while this one
   * waits for it.
   *
   * @returns the key of each store, by its number
   */
  async provide(): Promise<Int32Array> {
    const [made] = await this.#tx<StoresTold[]>`
      with made as (
        insert into stores (store_id)
        select distinct store_id from staged_stores
        where not exists (select from stores where stores.store_id = staged_stores.store_id)
        order by store_id
        on conflict do nothing
        returning store_id
      )
      select count(*) as total, coalesce((array_agg(store_id order by store_id))[:${STORES_TOLD}::integer], '{}') as first
      from made`;
    this.#made = made ?? this.#made;
    await this.#tx`
      create temporary table staged_keys on commit drop as
      select number, store_key, faulty.store_id is not null as faulty
      from staged_stores join stores using (store_id)
      left join (select distinct store_id from staged_faults join staged_stores using (number)) faulty using (store_id)`;
    await this.#tx`analyze staged_keys`;
    return await this.#keys();
  }

  async #keys(): Promise<Int32Array> {
    const keys = new Int32Array(this.numbers.count + 1);
    const rows = await this.#tx<{ number: number; storeKey: number }[]>`
      select number, store_key as "storeKey" from staged_keys`;
    for (const { number, storeKey } of rows) keys[number] = storeKey;
    return keys;
  }
}

/** In place of a store id: a rule for all stores. */
export const ALL_STORES = "*";

/** How many stores a notice about a file names. */
export const STORES_TOLD = 20;

/** Any numbers work if no other advisory lock uses them. */
const LOCKS = {
  polls: 7_305_415_288,
  hours: 7_305_415_289,
  timezones: 7_305_415_290,
  "special-hours": 7_305_415_293,
  exclusions: 7_305_415_294,
  stores: 7_305_415_295,
};

/** Merges of one kind take turns: until the end of the transaction, no other one starts. */
export async function takeTurn(tx: Transaction, kind: keyof typeof LOCKS): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCKS[kind]})`;
}
