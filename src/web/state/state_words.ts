import type { StoreStateName } from "../../domain/store_state.ts";

/** States as people say them. */
export const STORE_STATE_WORDS: Readonly<Record<StoreStateName, string>> = {
  up: "Up",
  down: "Down",
  silent: "No data for a day",
  closed: "Closed",
};
