import type { z } from "@hono/zod-openapi";
import type { StoreState } from "../../domain/store_state.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { StorePage } from "./store_schemas.ts";

/** A store's state as programs get it. */
type StateJson = Omit<
  z.output<typeof StorePage>["stores"][number],
  "store_id" | "name" | "timezone" | "tags"
>;

/** @param state undefined while there are no polls, or the store is new */
export function stateJson(state: StoreState | undefined): StateJson {
  if (state === undefined) {
    return { state: null, since: null, down_us_today: 0, latest_poll: null };
  }
  return {
    state: state.state,
    since: instantOrNull(state.since),
    down_us_today: state.downToday,
    latest_poll: pollJson(state.latestPoll),
  };
}

export function pollJson(poll: StoreState["latestPoll"]): StateJson["latest_poll"] {
  return poll === undefined ? null : {
    status: poll.active ? "active" : "inactive",
    timestamp_utc: formatInstant(poll.at),
  };
}

export function instantOrNull(instant: Micros | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}
