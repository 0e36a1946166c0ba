import type { StoreState, StoreStateName } from "../domain/store_state.ts";
import type { Micros } from "../domain/time/interval.ts";
import { Turn } from "../turn.ts";
import type { KnownStore } from "./known_store.ts";

/** A store and its state. */
export interface StoreInState extends StoreState {
  readonly storeKey: number;
  readonly storeId: string;
}

/** The states of all stores at one instant. It never changes. */
export class FleetView {
  static readonly EMPTY = new FleetView(undefined, new Map(), new Map());

  /** The latest poll of all stores; undefined without polls, and then no store has a state. */
  readonly asOf: Micros | undefined;
  readonly #stores: ReadonlyMap<string, KnownStore>;
  readonly #states: ReadonlyMap<string, StoreInState>;
  readonly #byState: Readonly<Record<StoreStateName, StoreInState[]>>;
  readonly #sorted = new Set<StoreStateName>();

  private constructor(
    asOf: Micros | undefined,
    stores: ReadonlyMap<string, KnownStore>,
    states: ReadonlyMap<string, StoreInState>,
  ) {
    this.asOf = asOf;
    this.#stores = stores;
    this.#states = states;
    this.#byState = { up: [], down: [], silent: [], closed: [] };
    for (const store of states.values()) this.#byState[store.state].push(store);
  }

  /** Lets others run in between. */
  static async of(stores: ReadonlyMap<number, KnownStore>, asOf: Micros | undefined): Promise<FleetView> {
    const turn = new Turn();
    const byId = new Map<string, KnownStore>();
    const states = new Map<string, StoreInState>();
    for (const store of stores.values()) {
      if (turn.isOver) await turn.pass();
      const { storeKey, storeId } = store;
      byId.set(storeId, store);
      if (asOf !== undefined) {
        states.set(storeId, { storeKey, storeId, ...store.stateAt(asOf) });
      }
    }
    return new FleetView(asOf, byId, states);
  }

  /** The same for some stores alone. */
  among(keys: ReadonlySet<number>): FleetView {
    const states = [...this.#states].filter(([, { storeKey }]) => keys.has(storeKey));
    return new FleetView(this.asOf, this.#stores, new Map(states));
  }

  /** Undefined if there is no such store, or no poll of any store. */
  stateOf(storeId: string): StoreInState | undefined {
    return this.#states.get(storeId);
  }

  storeOf(storeId: string): KnownStore | undefined {
    return this.#stores.get(storeId);
  }

  /** The stores in a state, longest first. */
  storesIn(state: StoreStateName): readonly StoreInState[] {
    const stores = this.#byState[state];
    // Sorted when first asked for: nearly all stores are up, and seldom listed.
    if (!this.#sorted.has(state)) stores.sort(longestFirst);
    this.#sorted.add(state);
    return stores;
  }

  counts(): Record<StoreStateName, number> {
    const { up, down, silent, closed } = this.#byState;
    return { up: up.length, down: down.length, silent: silent.length, closed: closed.length };
  }
}

/** Stores that were never seen come first. Of those that are equal, the first by id. */
function longestFirst(a: StoreInState, b: StoreInState): number {
  return (a.since ?? -Infinity) - (b.since ?? -Infinity) ||
    (a.storeId < b.storeId ? -1 : 1);
}
