import type { Fragment, Transaction } from "../connection/client.ts";
import { plainArray } from "../stores/staging.ts";
import { datesOf, daysByKey, type DayToWrite, writeDays } from "./write_days.ts";

/**
 * Days of a file that is too large for memory, in a temporary table. Stores are numbered as the file numbers them, and a store's day may
 * be there in several pieces.
 */
export class SpilledDays {
  readonly #tx: Transaction;
  readonly #dates = new Set<string>();
  #isEmpty = true;

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  async add(days: readonly DayToWrite<number>[]): Promise<void> {
    const tx = this.#tx;
    if (this.#isEmpty) {
      // At once: what is added meanwhile must not make the table again.
      this.#isEmpty = false;
      await tx`create temporary table staged_days (number integer, day date, polls bytea) on commit drop`;
    }
    await tx`
      insert into staged_days (number, day, polls)
      select store_key, day, polls from (${daysByKey(tx, days).rows}) spilled`;
    for (const { day } of days) this.#dates.add(day);
  }

  /** A query for the numbers of the stores that have polls here, or that are given. */
  numbersAnd(given: readonly number[]): Fragment {
    const tx = this.#tx;
    const numbers = tx`select unnest(${plainArray(given)}::integer[]) as number`;
    return this.#isEmpty ? numbers : tx`${numbers} union all select number from staged_days`;
  }

  /**
   * Writes the days. Those in one piece stay as they are. Of the others, entries are sorted by instant, and of an instant's two entries
   * the inactive one stays.
   *
   * @returns how many polls were added or altered
   */
  async write(): Promise<number> {
    const tx = this.#tx;
    await tx`set local work_mem = '256MB'`;
    const rows = tx`
        with pieces as materialized (
          select store_key, day, array_agg(polls) as pieces from staged_days join staged_keys using (number) group by 1, 2
        )
        select store_key, day, pieces[1] as polls from pieces where cardinality(pieces) = 1
        union all
        select store_key, day, string_agg(entry, ''::bytea order by entry) from (
          select store_key, day, entry, lag(entry) over (partition by store_key, day order by entry) as before from (
            select distinct store_key, day, poll_entries(piece) as entry from pieces cross join lateral unnest(pieces) as piece
            where cardinality(pieces) > 1
          ) entries
        ) sorted
        where before is null or substr(before, 1, 4) <> substr(entry, 1, 4)
          or (get_byte(before, 4) | 1) <> (get_byte(entry, 4) | 1)
        group by store_key, day`;
    return await writeDays(tx, { rows, dates: datesOf(tx, this.#dates), range: tx`true` });
  }
}
