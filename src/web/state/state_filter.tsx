import type { JSX } from "hono/jsx/jsx-runtime";
import type { StoreStateName } from "../../domain/store_state.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { FleetView } from "../../states/fleet_view.ts";
import { count } from "../kit/numbers.ts";
import { withTags } from "../tags/asked_tags.ts";
import { Time } from "../kit/time.tsx";
import { STORE_STATE_WORDS } from "./state_words.ts";

interface StateFilterProps {
  readonly view: FleetView;
  readonly chosen: StoreStateName | undefined;
  /** What was searched for stays, and the tags. */
  readonly q: string;
  readonly filter: TagFilter | undefined;
}

const CHOICES = [undefined, "down", "silent", "up", "closed"] as const;

/** Links to the stores of each state. */
export function StateFilter({ view, chosen, q, filter }: StateFilterProps): JSX.Element | null {
  if (view.asOf === undefined) return null;
  const counts = view.counts();
  const all = Object.values(counts).reduce((sum, stores) => sum + stores, 0);
  return (
    <nav id="states" aria-label="Stores by state" data-live>
      <p class="choices">
        {CHOICES.map((state) => (
          <a
            class="button"
            href={withTags(addressOf(state, q), filter)}
            aria-current={state === chosen ? "page" : undefined}
          >
            {state === undefined ? "All" : STORE_STATE_WORDS[state]} {count(state === undefined ? all : counts[state])}
          </a>
        ))}
      </p>
      <p class="note">
        State at the latest poll of all stores, <Time at={view.asOf} style="full" />.
      </p>
    </nav>
  );
}

function addressOf(state: StoreStateName | undefined, q: string): string {
  const query = new URLSearchParams({ ...(q !== "" && { q }), ...(state && { state }) });
  return query.size === 0 ? "/stores" : `/stores?${query}`;
}
