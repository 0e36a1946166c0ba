import type { Polls } from "../../domain/polls/poll.ts";
import { POLL_BYTES, PollColumns } from "../../domain/polls/poll_day.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Fragment, Transaction } from "../connection/client.ts";
import { readBytes } from "../postgres/binary_value.ts";

/*
 * Many days come as one value: to read a row for each takes twice as long. Before the polls of a day come the store's key, the day, and
 * how many bytes its polls have: three words of four bytes.
 */

/**
 * Reads polls up to an instant.
 *
 * @param days a query of `store_key`, `day` and `polls`
 * @returns the polls of each store that has days, by its key
 */
export async function readDays(tx: Transaction, days: Fragment, asOf: Micros): Promise<Map<number, Polls>> {
  const packed = tx`
    select string_agg(
      int4send(store_key) || int4send(day - date '1970-01-01') || int4send(length(polls)) || polls, ''::bytea
      order by store_key, day
    ) from (${days}) days`;
  return unpack(await readBytes(tx, packed), asOf);
}

/** A pair of columns for each store would keep the collector busy: all stores share one. */
function unpack(bytes: DataView, asOf: Micros): Map<number, Polls> {
  const { byteLength } = bytes;
  const columns = new PollColumns(Math.ceil(byteLength / POLL_BYTES));
  const polls = new Map<number, Polls>();
  for (let at = 0; at < byteLength;) {
    const [storeKey, first] = [bytes.getInt32(at), columns.length];
    while (at < byteLength && bytes.getInt32(at) === storeKey) {
      const from = at + HEAD;
      at = from + bytes.getInt32(at + 8);
      columns.add({ day: bytes.getInt32(from - 8), bytes, from, to: at }, asOf);
    }
    polls.set(storeKey, columns.since(first));
  }
  return polls;
}

/** The three words before a day's polls. */
const HEAD = 12;
