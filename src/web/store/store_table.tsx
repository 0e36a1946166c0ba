import type { JSX } from "hono/jsx/jsx-runtime";
import type { KnownOfStore } from "../../db/stores/fleet_facts.ts";
import type { StoreState } from "../../domain/store_state.ts";
import { Time } from "../kit/time.tsx";
import { STORE_STATE_WORDS } from "../state/state_words.ts";
import { DEFAULT_TIMEZONE } from "../../domain/time/timezone.ts";
import { percent } from "../kit/numbers.ts";
import { type SortableRows, weekOf } from "../report/row_selection.ts";
import { NoHours } from "../parts/no_hours.tsx";
import { ShareBar } from "../parts/share_bar.tsx";
import { StoreLink } from "../parts/store_link.tsx";
import { Sureness } from "../parts/sureness.tsx";

/** A store, and its place in a report if the report has it. */
export interface ListedStore {
  readonly storeId: string;
  readonly known: KnownOfStore | undefined;
  readonly view: SortableRows | undefined;
  readonly place: number | undefined;
  readonly state: StoreState | undefined;
}

/** Stores with their uptime in the week of a report. */
export function StoreTable({ stores }: { stores: readonly ListedStore[] }): JSX.Element {
  return (
    <div id="store-list" class="scroll" tabindex={0} role="region" aria-label="Stores" data-live>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Store</th>
            <th scope="col">State</th>
            <th scope="col">Since</th>
            <th scope="col" class="wide">Time zone</th>
            <td class="wide"></td>
            <th scope="col" class="numeric">Week's uptime</th>
          </tr>
        </thead>
        <tbody>{stores.map((store) => <Row store={store} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ store: { storeId, known, view, place, state } }: { store: ListedStore }): JSX.Element {
  const isInReport = view !== undefined && place !== undefined;
  const week = isInReport ? weekOf(view.result, place) : undefined;
  return (
    <tr>
      <th scope="row">
        <StoreLink storeId={storeId} name={known?.name} />
        <NoHours known={known} />
      </th>
      <td>
        {state && <span class={`state ${state.state}`}>{STORE_STATE_WORDS[state.state]}</span>}
      </td>
      <td class="quiet">{state?.since === undefined ? "–" : <Time at={state.since} style="full" />}</td>
      <td class="quiet wide">{known?.timezone ?? DEFAULT_TIMEZONE}</td>
      <td class="wide">
        <ShareBar share={isInReport ? view.share[place] : undefined} />
      </td>
      <td class="numeric">
        {percent(week)}
        <Sureness measures={week} />
      </td>
    </tr>
  );
}
