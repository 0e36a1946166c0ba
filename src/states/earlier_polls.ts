import { readDaysBefore } from "../db/polls/poll_days.ts";
import type { Transaction } from "../db/connection/client.ts";
import { Turn } from "../turn.ts";
import type { KnownStore } from "./known_store.ts";

/** How many earlier days are read at a time: most stores need one, and one that was down for years needs all. */
const STEPS = [1, 7, 60, 100_000] as const;
const STORES_AT_ONCE = 500;

/** Reads earlier polls of stores until none lacks any. */
export async function readEarlier(
  tx: Transaction,
  stores: Iterable<KnownStore>,
  lacks: (store: KnownStore) => boolean,
): Promise<void> {
  const turn = new Turn();
  let lacking: KnownStore[] = [];
  for (const store of stores) {
    if (turn.isOver) await turn.pass();
    if (lacks(store)) lacking.push(store);
  }
  for (let step = 0; lacking.length > 0; step++) {
    const limit = STEPS[Math.min(step, STEPS.length - 1)] ?? 1;
    for (let first = 0; first < lacking.length; first += STORES_AT_ONCE) {
      await readDays(tx, lacking.slice(first, first + STORES_AT_ONCE), limit);
      if (turn.isOver) await turn.pass();
    }
    lacking = lacking.filter(lacks);
  }
}

async function readDays(tx: Transaction, stores: readonly KnownStore[], limit: number): Promise<void> {
  const wanted = stores.map(({ storeKey, firstDay }) => ({ storeKey, before: firstDay }));
  const found = await readDaysBefore(tx, wanted, limit);
  for (const [index, store] of stores.entries()) {
    // Another reader may have added them meanwhile.
    if (store.firstDay === wanted[index]?.before) {
      store.addEarlier(found.get(store.storeKey));
    }
  }
}
