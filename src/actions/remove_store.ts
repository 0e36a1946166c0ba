import { removeStore as removeRows } from "../db/polls/remove_store.ts";
import type { ActionContext } from "./context.ts";

/** Removes a store that exists by mistake, with its polls, calendar, tags and zone. @returns whether there was such a store */
export async function removeStore({ sql }: ActionContext, storeId: string): Promise<boolean> {
  return await removeRows(sql, storeId);
}
