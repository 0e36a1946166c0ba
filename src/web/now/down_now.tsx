import type { JSX } from "hono/jsx/jsx-runtime";
import type { StoreStateName } from "../../domain/store_state.ts";
import { HOUR, type Micros } from "../../domain/time/interval.ts";
import type { FleetView, StoreInState } from "../../states/fleet_view.ts";
import { ageWords, clock } from "../kit/age.ts";
import { storeAddress } from "../kit/links.ts";
import { count, counted, roughLength } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";
import { STORE_STATE_WORDS } from "../state/state_words.ts";
import { StoreNames } from "../parts/store_names.tsx";

const MOST = 10;
/** Data that is older than this does not say what is down now. */
const OLD: Micros = HOUR;

/** Which stores are open and were last seen down, and which were not seen for a day. Nothing if there are no polls. */
export function DownNow({ view }: { view: FleetView }): JSX.Element | null {
  const { asOf } = view;
  if (asOf === undefined) return null;
  const isOld = clock() - asOf > OLD;
  const down = view.storesIn("down");
  return (
    <section id="down-now" class="down-now" data-live aria-labelledby="down-now-title">
      <h2 id="down-now-title">{isOld ? "Down at the latest data" : "Down now"}</h2>
      {isOld && (
        <p class="old">
          The latest data is from <Time at={asOf} style="full" />,{" "}
          {ageWords(asOf, clock())}. This is the state at that time, not today's.
        </p>
      )}
      <Counts view={view} />
      {down.length === 0
        ? <p class="quiet">No store is down during its business hours.</p>
        : <DownTable stores={down.slice(0, MOST)} asOf={asOf} />}
      {down.length > MOST && (
        <p>
          <a href="/stores?state=down">All {counted(down.length, "store")} that are down</a>
        </p>
      )}
      <Silent stores={view.storesIn("silent")} />
    </section>
  );
}

const ORDER = ["down", "silent", "up", "closed"] as const satisfies readonly StoreStateName[];

function Counts({ view }: { view: FleetView }): JSX.Element {
  const counts = view.counts();
  return (
    <dl class="states">
      {ORDER.map((state) => (
        <div>
          <dt>
            <span class={`state ${state}`}>{STORE_STATE_WORDS[state]}</span>
          </dt>
          <dd>
            <a href={`/stores?state=${state}`}>{count(counts[state])}</a>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function DownTable({ stores, asOf }: { stores: readonly StoreInState[]; asOf: Micros }): JSX.Element {
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
        <tbody>{stores.map((store) => <Row store={store} asOf={asOf} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ store, asOf }: { store: StoreInState; asOf: Micros }): JSX.Element {
  const { storeId, since = asOf, downToday, latestPoll } = store;
  return (
    <tr>
      <th scope="row">
        <a href={storeAddress(storeId)}>{storeId}</a>
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

function Silent({ stores }: { stores: readonly StoreInState[] }): JSX.Element | null {
  if (stores.length === 0) return null;
  return (
    <div class="silent">
      <h3>{STORE_STATE_WORDS.silent}</h3>
      <p>
        {counted(stores.length, "store")} {stores.length === 1 ? "is" : "are"}{" "}
        open by business hours, and had no poll in the 24 hours before the latest poll.{" "}
        <a href="/stores?state=silent">
          See {stores.length === 1 ? "it" : "them"} in the list
        </a>
      </p>
      <p class="quiet">
        <StoreNames total={stores.length} stores={stores.slice(0, MOST).map(({ storeId }) => storeId)} />
      </p>
    </div>
  );
}
