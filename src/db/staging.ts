import type { Transaction } from "./client.ts";
import { StoreNumbers } from "./store_numbers.ts";

/** A temporary table that a file's rows go to before they are merged, all at once. It vanishes with the transaction. */
export interface Staging<Row> {
  /** Adds a batch of rows. */
  add(rows: readonly Row[]): Promise<void>;
  /**
   * Merges all of them into the database.
   *
   * @returns how many rows of the database were added, altered or removed
   */
  merge(): Promise<number>;
}

/** An array as Postgres reads it. Five times as fast as one parameter an element; for what needs no quotes. */
export function plainArray(values: readonly (number | string)[]): string {
  return `{${values.join(",")}}`;
}

/**
 * The stores that a file names, in a temporary table. Rows refer to them by a number that the file gives them, since
 * their keys are known only when the file has been read: no other transaction may wait for a store meanwhile.
 */
export class StagedStores {
  readonly #tx: Transaction;
  readonly #numbers = new StoreNumbers();

  private constructor(tx: Transaction) {
    this.#tx = tx;
  }

  static async create(tx: Transaction): Promise<StagedStores> {
    await tx`create temporary table staged_stores (number integer, store_id text collate "C") on commit drop`;
    return new StagedStores(tx);
  }

  /** The number of each store, as an array for Postgres. The next statement finds all of them in `staged_stores`. */
  async number(rows: readonly { readonly storeId: string }[]): Promise<string> {
    const numbers = plainArray(rows.map(({ storeId }) => this.#numbers.numberOf(storeId)));
    const { first, storeIds } = this.#numbers.takeNew();
    if (storeIds.length > 0) {
      await this.#tx`
        insert into staged_stores (number, store_id)
        select ${first} + position - 1, store_id
        from unnest(${storeIds}::text[]) with ordinality as named (store_id, position)`;
    }
    return numbers;
  }

  /**
   * Makes all of them exist, and puts number and key of each into `staged_keys`. Always in the order of ids: who adds
   * stores in another order at the same time would wait for us while we wait for him.
   */
  async settle(): Promise<void> {
    await this.#tx`
      insert into stores (store_id)
      select distinct store_id from staged_stores
      where not exists (select from stores where stores.store_id = staged_stores.store_id)
      order by store_id
      on conflict do nothing`;
    await this.#tx`
      create temporary table staged_keys on commit drop as
      select number, store_key from staged_stores join stores using (store_id)`;
    await this.#tx`analyze staged_keys`;
  }
}

/** Any numbers will do, as long as nobody else takes them. */
const LOCKS = { polls: 7_305_415_288, hours: 7_305_415_289, timezones: 7_305_415_290 };

/** Merges of one kind take turns: until the end of the transaction nobody else merges such a file. */
export async function takeTurn(tx: Transaction, kind: keyof typeof LOCKS): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCKS[kind]})`;
}
