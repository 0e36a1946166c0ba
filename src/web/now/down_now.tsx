import type { JSX } from "hono/jsx/jsx-runtime";
import { knownOf, type KnownStores } from "../../db/stores/fleet_facts.ts";
import type { Sql } from "../../db/connection/client.ts";
import { storesWhere } from "../../db/tags/tags.ts";
import type { StoreStateName } from "../../domain/store_state.ts";
import { HOUR, type Micros } from "../../domain/time/interval.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { FleetView, StoreInState } from "../../states/fleet_view.ts";
import { ageWords, clock } from "../kit/age.ts";
import { count, counted, roughLength } from "../kit/numbers.ts";
import { tagWords, withTags } from "../tags/asked_tags.ts";
import { Time } from "../kit/time.tsx";
import { StoreLink } from "../parts/store_link.tsx";
import { STORE_STATE_WORDS } from "../state/state_words.ts";
import { StoreNames } from "../parts/store_names.tsx";

const MOST = 10;
/** Data that is older than this does not say what is down now. */
const OLD: Micros = HOUR;

export interface StatesNow {
  readonly view: FleetView;
  /** What is known of the stores that are named. */
  readonly known: KnownStores;
  readonly filter: TagFilter | undefined;
}

/** The states of the stores with some tags. */
export async function statesOf(sql: Sql, all: FleetView, filter: TagFilter | undefined): Promise<StatesNow> {
  const view = filter === undefined ? all : all.among(
    new Set((await storesWhere(sql, filter)).map(({ storeKey }) => storeKey)),
  );
  const named = (["down", "silent"] as const).flatMap((state) => view.storesIn(state).slice(0, MOST));
  return { view, known: await knownOf(sql, named.map(({ storeId }) => storeId)), filter };
}

/** Which stores are open and were last seen down, and which were not seen for a day. Nothing if there are no polls. */
export function DownNow({ states }: { states: StatesNow }): JSX.Element | null {
  const { view, view: { asOf }, known, filter } = states;
  if (asOf === undefined) return null;
  const isOld = clock() - asOf > OLD;
  const down = view.storesIn("down");
  return (
    <section
      id="down-now"
      class="down-now"
      data-live
      data-from={withTags("/now", filter)}
      aria-labelledby="down-now-title"
    >
      <h2 id="down-now-title">
        {isOld ? "Down at the latest data" : "Down now"}
        {filter !== undefined && `: ${tagWords(filter)}`}
      </h2>
      {isOld && (
        <p class="old">
          The latest data is from <Time at={asOf} style="full" />,{" "}
          {ageWords(asOf, clock())}. This is the state at that time, not today's.
        </p>
      )}
      <Counts states={states} />
      {down.length === 0
        ? <p class="quiet">No store is down during its business hours.</p>
        : <DownTable stores={down.slice(0, MOST)} asOf={asOf} known={known} />}
      {down.length > MOST && (
        <p>
          <a href={withTags("/stores?state=down", filter)}>All {counted(down.length, "store")} that are down</a>
        </p>
      )}
      <Silent states={states} />
    </section>
  );
}

const ORDER = ["down", "silent", "up", "closed"] as const satisfies readonly StoreStateName[];

function Counts({ states: { view, filter } }: { states: StatesNow }): JSX.Element {
  const counts = view.counts();
  return (
    <dl class="states">
      {ORDER.map((state) => (
        <div>
          <dt>
            <span class={`state ${state}`}>{STORE_STATE_WORDS[state]}</span>
          </dt>
          <dd>
            <a href={withTags(`/stores?state=${state}`, filter)}>{count(counts[state])}</a>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface DownTableProps {
  readonly stores: readonly StoreInState[];
  readonly asOf: Micros;
  readonly known: KnownStores;
}

function DownTable({ stores, asOf, known }: DownTableProps): JSX.Element {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Stores that are down, longest first">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Store</th>
            <th scope="col">Down since</th>
            <th scope="col" class="numeric">Business hours lost today</th>
            <th scope="col" class="numeric">Last check</th>
          </tr>
        </thead>
        <tbody>{stores.map((store) => <Row store={store} asOf={asOf} name={known.get(store.storeId)?.name} />)}</tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly store: StoreInState;
  readonly asOf: Micros;
  readonly name: string | undefined;
}

function Row({ store, asOf, name }: RowProps): JSX.Element {
  const { storeId, since = asOf, downToday, latestPoll } = store;
  return (
    <tr>
      <th scope="row">
        <StoreLink storeId={storeId} name={name} />
      </th>
      <td>
        <Time at={since} /> <span class="quiet">({roughLength(asOf - since)})</span>
      </td>
      <td class="numeric">{roughLength(downToday)}</td>
      <td class="numeric quiet">{latestPoll === undefined ? "–" : checkWords(asOf - latestPoll.at)}</td>
    </tr>
  );
}

/** How much older a store's last poll is than the latest of all. */
function checkWords(age: Micros): string {
  return age === 0 ? "the latest poll" : `${roughLength(age)} before the latest poll`;
}

function Silent({ states: { view, known, filter } }: { states: StatesNow }): JSX.Element | null {
  const stores = view.storesIn("silent");
  if (stores.length === 0) return null;
  return (
    <div class="silent">
      <h3>{STORE_STATE_WORDS.silent}</h3>
      <p>
        {counted(stores.length, "store")} {stores.length === 1 ? "is" : "are"}{" "}
        open by business hours, and had no poll in the 24 hours before the latest poll.{" "}
        <a href={withTags("/stores?state=silent", filter)}>
          See {stores.length === 1 ? "it" : "them"} in the list
        </a>
      </p>
      <p class="quiet">
        <StoreNames
          total={stores.length}
          stores={stores.slice(0, MOST).map(({ storeId }) => storeId)}
          known={known}
        />
      </p>
    </div>
  );
}
