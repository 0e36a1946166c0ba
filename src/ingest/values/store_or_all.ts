import { ALL_STORES } from "../../db/stores/staging.ts";
import { STORE_ID } from "./store_id.ts";
import type { ValueKind } from "./value.ts";

/** The id of a store, or `*` for all stores. */
export const STORE_OR_ALL: ValueKind<string> = {
  read: (text, note) => text === ALL_STORES ? ALL_STORES : STORE_ID.read(text, note),
};
