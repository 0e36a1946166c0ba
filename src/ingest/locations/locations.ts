import { Turn } from "../../turn.ts";
import { InputError } from "../faults/input_error.ts";
import type { EntryList } from "../entries/entry_list.ts";
import { GOOGLE_FIELDS, GOOGLE_IDS, GOOGLE_READ, readGoogle } from "./google_location.ts";
import { field, isMissing, items, type Located } from "./located.ts";
import { readSchema, SCHEMA_FIELDS, SCHEMA_IDS, SCHEMA_READ } from "./schema_place.ts";
import type { StoreOf } from "../entries/entry.ts";
import { UnreadFields } from "./unread_fields.ts";
import { type IdField, storeOf } from "./store_of.ts";

/** A form in which JSON has locations. */
interface Form {
  readonly fields: readonly string[];
  readonly ids: readonly IdField[];
  /** Fields that are read, or say nothing of hours. */
  readonly known: ReadonlySet<string>;
  readonly read: (location: Located, store: StoreOf, list: EntryList) => void;
}

/** Fields by which an object is known as a location. */
export const LOCATION_FIELDS: readonly string[] = [...GOOGLE_FIELDS, ...SCHEMA_FIELDS];

const GOOGLE: Form = { fields: GOOGLE_FIELDS, ids: GOOGLE_IDS, known: new Set(GOOGLE_READ), read: readGoogle };
const SCHEMA: Form = { fields: SCHEMA_FIELDS, ids: SCHEMA_IDS, known: new Set(SCHEMA_READ), read: readSchema };

const MORE_PAGES = {
  code: "more_pages",
  message: "The file is one page of several: nextPageToken leads to more locations. Load those, too",
};

const NOT_LOCATIONS = {
  code: "not_locations",
  message: "An object of the file has no hours of a store: it was not read",
};

/**
 * Reads all locations of a JSON document: of a Google Business Profile, or places of schema.org. Others run meanwhile.
 *
 * @param idName the field that has the id of the store, if the user says so
 * @throws {InputError} if none of its values is a location
 */
export async function readLocations(root: unknown, list: EntryList, idName?: string): Promise<void> {
  const turn = new Turn();
  const locations = locationsOf({ value: root, place: "" });
  if (!locations.some((location) => formOf(location) !== undefined)) throw new InputError(noLocations());
  if (items({ value: root, place: "" }).some((found) => hasText(field(found, "nextPageToken")))) list.note(MORE_PAGES);
  const unread = new UnreadFields();
  const seen = new Map<string, string>();
  for (const [index, location] of locations.entries()) {
    if (turn.isOver) await turn.pass();
    list.turnTo(index + 1);
    const form = formOf(location);
    if (form === undefined) list.note(NOT_LOCATIONS);
    else {
      const store = storeOf(location, idName === undefined ? form.ids : [{ name: idName, inner: "value" }]);
      form.read(location, firstTime(store, location, seen), list);
      unread.add(location, index + 1, (name) => form.known.has(name) || name === idName);
    }
  }
  unread.note(list);
}

function noLocations(): string {
  return `The JSON has no locations: expected are objects with one of ${
    LOCATION_FIELDS.join(", ")
  }, alone, in a list, or in a list "locations" or "@graph"`;
}

function locationsOf(root: Located): Located[] {
  return items(root).flatMap((found) => {
    const inner = ["locations", "@graph"].map((name) => field(found, name)).find(({ value }) => Array.isArray(value));
    return inner === undefined ? [found] : items(inner);
  });
}

function hasText({ value }: Located): boolean {
  return typeof value === "string" && value !== "";
}

function formOf(location: Located): Form | undefined {
  const has = ({ fields }: Form) => fields.some((name) => !isMissing(field(location, name)));
  return [GOOGLE, SCHEMA].find(has);
}

/** Two locations with one id would have their hours mixed. */
function firstTime(store: StoreOf, { place }: Located, seen: Map<string, string>): StoreOf {
  if (store.fault !== undefined) return store;
  const before = seen.get(store.storeId);
  if (before === undefined) {
    seen.set(store.storeId, place);
    return store;
  }
  const reason = `has the id of ${before}, too: each store may be there once`;
  return { ...store, fault: { code: "store_twice", column: place, value: store.storeId, reason } };
}
