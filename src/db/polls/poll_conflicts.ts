import type { Fragment, Transaction } from "../connection/client.ts";

/*
 * Polls merge: the same store and instant twice is one poll, and if the two disagree, inactive wins. Within a statement
 * `distinct on` keeps the inactive one, since false sorts before true. Against the table, `on conflict` does.
 *
 * Rows go in by (store_key, at), and that for two reasons: sorted they take half of the time that COPY needs for
 * unsorted ones, and two writers that add the same polls in one order cannot deadlock.
 */

/** What an insert does with polls that are there. */
export function onConflict(tx: Transaction): Fragment {
  return tx`
    on conflict (store_key, at) do update set active = false
    where polls.active and not excluded.active`;
}
