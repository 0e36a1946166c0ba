import { STORE_NAME } from "../values/short_text.ts";
import { Unreadable } from "../values/value.ts";
import type { EntryList } from "../entries/entry_list.ts";
import { faultAt, type Located } from "./located.ts";
import type { StoreOf } from "../entries/entry.ts";

const NOT_TEXT = new Unreadable("name_not_text", "is not a text: write the name of the store");

/** Reads the name of a store, if there is one. */
export function readName(found: Located, store: StoreOf, list: EntryList): void {
  const { value } = found;
  if (value === undefined || value === "") return;
  list.read("stores", store, (storeId, note) => {
    const name = typeof value === "string" ? STORE_NAME.read(value.trim(), note) : NOT_TEXT;
    if (name instanceof Unreadable) return faultAt(found, name);
    return { storeId, details: { name, sales_per_hour: undefined, target_percent: undefined, tags: {} } };
  });
}
