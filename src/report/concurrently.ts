/**
 * Does some work on each item, in the order of the items, at most `count` of them at a time: each slot takes the next item
 * as soon as its last one is done.
 *
 * @throws what the work throws first; no item starts after that, and all work has stopped
 */
export async function concurrently<Item>(
  items: Iterable<Item>,
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = Iterator.from(items);
  const failures: unknown[] = [];
  const slot = async () => {
    for (const item of { [Symbol.iterator]: () => rest }) {
      if (failures.length > 0) return;
      await work(item).catch((error) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: count }, slot));
  if (failures.length > 0) throw failures[0];
}
