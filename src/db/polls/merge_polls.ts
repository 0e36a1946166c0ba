import { Turn } from "../../turn.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Fragment, Sql, Transaction } from "../connection/client.ts";
import { type MergedPolls, updateOutagesOfLivePolls } from "./outages.ts";
import { Months, providePartitions } from "./partitions.ts";
import { onConflict } from "./poll_conflicts.ts";
import { retryConflicts, TRY_AGAIN } from "../postgres/retry_conflicts.ts";
import type { StagedPoll } from "./stage_polls.ts";
import { plainArray, plainBooleans } from "../stores/staging.ts";
import { type KnownStore, notePolled, provideStores } from "../stores/stores.ts";
import { transaction } from "../postgres/transaction.ts";

/** Polls, or stores, of one statement. While a longer one is written, other requests would wait. */
const SLICE = 5_000;

/**
 * Merges some polls at once, without staging: for a live feed.
 *
 * @returns how many polls were added or altered
 */
export async function mergePolls(sql: Sql, polls: readonly StagedPoll[]): Promise<number> {
  const months = new Months();
  for (const { at } of polls) months.add(at);
  // Most batches belong to months that are there: to ask first would be one more question for each of them.
  return await retryConflicts(
    () => transaction(sql, (tx) => mergePollsIn(tx, polls)),
    () => providePartitions(sql, months),
  );
}

/** A store and what came for it. */
interface LiveStore extends KnownStore {
  readonly polls: readonly StagedPoll[];
}

/** The same in a transaction of the caller's. The partitions have to be there. */
export async function mergePollsIn(tx: Transaction, polls: readonly StagedPoll[]): Promise<number> {
  const stores = await storesOf(tx, polls);
  const [firstPolls = [], ...morePolls] = slices(await inOrder(stores));
  const [firstStores = [], ...moreStores] = slices(stores);
  // A usual batch is one slice: its statements are sent together, each done before the next one begins.
  const inserted = insert(tx, firstPolls).execute();
  let changed = 0;
  for (const slice of morePolls) changed += (await insert(tx, slice)).count;
  const updated = recompute(tx, firstStores);
  const [{ count }] = await Promise.all([inserted, updated]);
  for (const slice of moreStores) await recompute(tx, slice);
  const unpolled = stores.filter(({ polled }) => !polled).map(({ storeKey }) => storeKey);
  if (unpolled.length > 0) await notePolled(tx, tx`select unnest(${plainArray(unpolled)}::integer[])`);
  return changed + count;
}

/** Stores in the order of their keys, each with its polls; those that do not exist yet are made. */
async function storesOf(tx: Transaction, polls: readonly StagedPoll[]): Promise<LiveStore[]> {
  const turn = new Turn();
  const byId = new Map<string, StagedPoll[]>();
  for (const poll of polls) {
    if (turn.isOver) await turn.pass();
    const others = byId.get(poll.storeId);
    if (others === undefined) byId.set(poll.storeId, [poll]);
    else others.push(poll);
  }
  const stores: LiveStore[] = [];
  for (const ids of slices([...byId.keys()])) {
    const known = await provideStores(tx, ids);
    if (known.size < ids.length) throw storeRemoved();
    for (const [id, store] of known) stores.push({ ...store, polls: byId.get(id) ?? [] });
  }
  return stores.sort((a, b) => a.storeKey - b.storeKey);
}

/** A store was removed after its key was read, or during the search for it. */
function storeRemoved(): Error {
  return Object.assign(new Error("A store was removed while polls for it came"), { code: TRY_AGAIN });
}

interface KeyedPoll {
  readonly storeKey: number;
  readonly at: Micros;
  readonly active: boolean;
}

/** All polls by store and time. The order within one slice does not matter, since its statement sorts. */
async function inOrder(stores: readonly LiveStore[]): Promise<KeyedPoll[]> {
  const turn = new Turn();
  const ordered: KeyedPoll[] = [];
  for (const { storeKey, polls } of stores) {
    if (turn.isOver) await turn.pass();
    for (const { at, active } of polls.toSorted((a, b) => a.at - b.at)) ordered.push({ storeKey, at, active });
  }
  return ordered;
}

function slices<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / SLICE);
  return Array.from({ length: count }, (_, index) => items.slice(index * SLICE, (index + 1) * SLICE));
}

function insert(tx: Transaction, polls: readonly KeyedPoll[]): Fragment {
  return tx`
    insert into polls (store_key, at, active)
    select distinct on (store_key, at) store_key, instant(at), active
    from unnest(
      ${plainArray(polls.map(({ storeKey }) => storeKey))}::integer[],
      ${plainArray(polls.map(({ at }) => at))}::bigint[],
      ${plainBooleans(polls.map(({ active }) => active))}::boolean[]
    ) as polled (store_key, at, active)
    order by store_key, at, active
    ${onConflict(tx)}`;
}

async function recompute(tx: Transaction, stores: readonly LiveStore[]): Promise<void> {
  if (await updateOutagesOfLivePolls(tx, summaries(tx, stores)) < stores.length) throw storeRemoved();
}

function summaries(tx: Transaction, stores: readonly LiveStore[]): MergedPolls {
  const extreme = (choose: (a: Micros, b: Micros) => Micros) =>
    plainArray(stores.map(({ polls }) => polls.map(({ at }) => at).reduce((a, b) => choose(a, b))));
  return tx`
    select store_key, instant(first) as first, instant(last) as last, all_active, all_inactive
    from unnest(
      ${plainArray(stores.map(({ storeKey }) => storeKey))}::integer[],
      ${extreme(Math.min)}::bigint[],
      ${extreme(Math.max)}::bigint[],
      ${plainBooleans(stores.map(({ polls }) => polls.every(({ active }) => active)))}::boolean[],
      ${plainBooleans(stores.map(({ polls }) => polls.every(({ active }) => !active)))}::boolean[]
    ) as merged (store_key, first, last, all_active, all_inactive)`;
}
