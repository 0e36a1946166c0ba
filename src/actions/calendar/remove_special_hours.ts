import { getSpecialDate, removeSpecialDate, type SpecialDate } from "../../db/calendars/special_hours.ts";
import { takeTurn } from "../../db/stores/staging.ts";
import { DATE_OF_CALENDAR } from "../../ingest/values/date.ts";
import { audited, type Check, difference } from "../audited.ts";
import type { ActionContext } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { auditedDate, dated, type DateOfStore } from "./put_special_hours.ts";
import { readValue } from "./read_value.ts";
import { lockStoreOrAll } from "./store_key.ts";

/**
 * Removes the special hours of a date: its weekly hours hold again, or the rule for all stores.
 *
 * @throws {Refusal} `unknown-store`, `unknown-special-hours` or `invalid`
 */
export async function removeSpecialHours(
  context: ActionContext,
  { storeId, date: given }: DateOfStore,
  check: Check<SpecialDate> = () => {},
): Promise<void> {
  const date = readValue(DATE_OF_CALENDAR, "date", given);
  await audited(context, async (tx) => {
    await takeTurn(tx, "special-hours");
    const { key, stores } = await lockStoreOrAll(tx, storeId);
    const before = await getSpecialDate(tx, key, date);
    if (before === undefined) throw new Refusal("unknown-special-hours", "The store has no special hours on this date");
    check(before);
    await removeSpecialDate(tx, key, date);
    const change = difference(auditedDate(before), {});
    return { result: undefined, entry: { action: "special_hours.remove", stores, ...dated(date, change) } };
  });
}
