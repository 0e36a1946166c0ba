import { Unreadable } from "../values/value.ts";
import type { EntryList } from "../entries/entry_list.ts";
import { regularPeriod, specialPeriod } from "./google_hours.ts";
import { faultAt, field, isMissing, isObject, items, type Located } from "./located.ts";
import { readName } from "./store_name.ts";
import type { StoreOf } from "../entries/entry.ts";
import type { IdField } from "./store_of.ts";

/** Fields by which a location of a Google Business Profile is known. */
export const GOOGLE_FIELDS = ["regularHours", "specialHours", "storeCode", "title", "locationName"] as const;

/** Fields that are read, or that have nothing to do with a store's hours. */
export const GOOGLE_READ: readonly string[] = [...GOOGLE_FIELDS, "name", "openInfo"];

/** `locations/123`, in older interfaces `accounts/1/locations/123`. */
export const GOOGLE_IDS: readonly IdField[] = [
  { name: "storeCode" },
  { name: "name", idIn: (text) => text.slice(text.lastIndexOf("/") + 1) },
];

const NO_PERIODS = {
  code: "no_periods",
  message: "A location has regularHours without periods: the hours that its store has stay as they are",
};

const MARKED_CLOSED = {
  code: "marked_closed",
  message: "A location is marked as closed in openInfo: its hours were read all the same",
};

const NOT_PERIODS = new Unreadable("not_periods", 'is no list of periods: expected is {"periods": [...]}');

/** Reads the hours, the special hours and the name that a location has for its store. */
export function readGoogle(location: Located, store: StoreOf, list: EntryList): void {
  const [regular, special] = [field(location, "regularHours"), field(location, "specialHours")];
  const periods = field(regular, "periods");
  if (!isMissing(regular)) {
    if (!isObject(regular.value)) list.read("hours", store, () => faultAt(regular, NOT_PERIODS));
    else if (items(periods).length === 0) list.note(NO_PERIODS);
  }
  for (const period of items(periods)) list.read("hours", store, (storeId) => regularPeriod(period, storeId));
  if (!isMissing(special) && !isObject(special.value)) {
    list.read("special-hours", store, () => faultAt(special, NOT_PERIODS));
  }
  for (const period of items(field(special, "specialHourPeriods"))) {
    list.read("special-hours", store, (storeId, note) => specialPeriod(period, storeId, note));
  }
  const status = field(field(location, "openInfo"), "status").value;
  if (typeof status === "string" && status.startsWith("CLOSED")) list.note(MARKED_CLOSED);
  const title = field(location, "title");
  readName(isMissing(title) ? field(location, "locationName") : title, store, list);
}
