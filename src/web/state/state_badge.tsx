import type { JSX } from "hono/jsx/jsx-runtime";
import type { StoreState } from "../../domain/store_state.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { roughLength } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";
import { STORE_STATE_WORDS } from "./state_words.ts";

interface StateBadgeProps {
  readonly state: StoreState | undefined;
  readonly asOf: Micros | undefined;
}

/** A store's state at the latest poll of all stores, and since when. */
export function StateBadge({ state, asOf }: StateBadgeProps): JSX.Element {
  return (
    <p id="store-state" class="store-state" data-live>
      {state === undefined || asOf === undefined ? <span class="quiet">No polls yet</span> : (
        <>
          <b class={`state ${state.state}`}>
            {STORE_STATE_WORDS[state.state]}
          </b>{" "}
          <Since state={state} />
          {state.downToday > 0 && (
            <span>
              Down today: {roughLength(state.downToday)} of business hours
            </span>
          )}
          <span class="quiet">
            State at the latest poll of all stores, <Time at={asOf} style="full" />
          </span>
        </>
      )}
    </p>
  );
}

function Since({ state: { state, since } }: { state: StoreState }): JSX.Element | null {
  if (since === undefined) {
    return state === "silent" ? <span>Never polled</span> : null;
  }
  return (
    <span>
      {state === "silent" ? "Last poll: " : "Since "}
      <Time at={since} style="full" />
    </span>
  );
}
