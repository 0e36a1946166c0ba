import type { HttpDeps } from "../deps.ts";

/** Tells the stores that are seen from others. Undefined: all stores are seen, and new ones may be made. */
export async function ownStores(
  { where, states }: Pick<HttpDeps, "where" | "states">,
): Promise<((storeId: string) => boolean) | undefined> {
  if (where === undefined) return undefined;
  const view = await states.view();
  return (storeId) => view.storeOf(storeId) !== undefined;
}
