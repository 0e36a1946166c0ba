import { removeStore as removeRows, storeContents } from "../db/polls/remove_store.ts";
import { getDetails } from "../db/stores/store_details.ts";
import { audited } from "./audited.ts";
import type { ActionContext } from "./context.ts";
import { Refusal } from "./refusal.ts";

/**
 * Removes a store that exists by mistake, with its polls, calendar, tags and zone.
 *
 * @returns whether there was such a store
 * @throws {Refusal} `outside-your-stores`
 */
export async function removeStore(context: ActionContext, storeId: string): Promise<boolean> {
  if (context.seen !== undefined) {
    throw new Refusal(
      "outside-your-stores",
      "Those who see some stores remove no store: it would be made again for all",
    );
  }
  return await audited(context, async (tx) => {
    const before = { ...await getDetails(tx, storeId), ...await storeContents(tx, storeId) };
    if (!await removeRows(tx, storeId)) return { result: false, entry: undefined };
    const { specialDates: special_dates, salesPerHour: sales_per_hour, targetPercent: target_percent, ...others } =
      before;
    const entry = {
      action: "store.remove",
      stores: { ids: [storeId], total: 1 },
      before: { ...others, special_dates, sales_per_hour, target_percent },
    } as const;
    return { result: true, entry };
  });
}
