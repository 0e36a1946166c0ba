import { latestCompleted } from "../../db/reports/overview.ts";
import type { Report } from "../../db/reports/report.ts";
import { knownOf, type KnownStores } from "../../db/stores/fleet_facts.ts";
import { countFound, listStores } from "../../db/stores/store_list.ts";
import { storesWhere } from "../../db/tags/tags.ts";
import { isWithin, roundedId } from "../../domain/rounded_id.ts";
import type { StoreStateName } from "../../domain/store_state.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { FleetView } from "../../states/fleet_view.ts";
import type { WebDeps } from "../kit/deps.ts";
import type { ReportCache, ReportView } from "../report/report_cache.ts";
import type { AskedTags } from "../tags/asked_tags.ts";
import type { ListedStore } from "./store_table.tsx";

/** What an address asks for. */
export interface Asked {
  readonly text: string;
  /** The last id of the page before. */
  readonly after: string;
  readonly state: StoreStateName | undefined;
  readonly tags: AskedTags;
}

export const PAGE = 100;

export interface Listed {
  readonly view: FleetView;
  readonly stores: readonly ListedStore[];
  readonly total: number;
  readonly report: Report | undefined;
  readonly isRounded: boolean;
  /** The last id of this page, if there is a next one. */
  readonly last: string | undefined;
}

/** Finds the stores of a page. */
export async function findListed(
  deps: WebDeps,
  cache: ReportCache,
  { text, after, state, tags }: Asked,
): Promise<Listed> {
  const { sql } = deps;
  const { view, among } = await statesAmong(deps, state, tags.filter);
  const [found, total, report] = await Promise.all([
    listStores(sql, { containing: text, after, among, limit: PAGE + 1 }),
    countFound(sql, { containing: text, among }),
    latestCompleted(sql),
  ]);
  const range = roundedId(text);
  const ids = found.slice(0, PAGE).map(({ storeId }) => storeId);
  const states = await deps.states.withSince(view, ids);
  const listed = inReport(ids, { known: await knownOf(sql, ids), view: report && await cache.get(report) });
  return {
    view,
    stores: listed.map((store) => ({ ...store, state: states.get(store.storeId) })),
    total,
    report,
    isRounded: range !== undefined && found.every(({ storeId }) => isWithin(storeId, range)),
    last: found.length > PAGE ? ids.at(-1) : undefined,
  };
}

/** The states of the stores with some tags, and the keys of those in one state. All stores have no list of keys. */
async function statesAmong(
  { sql, states }: WebDeps,
  state: StoreStateName | undefined,
  filter: TagFilter | undefined,
): Promise<{ view: FleetView; among: readonly number[] | undefined }> {
  const all = await states.view();
  if (filter === undefined) return { view: all, among: state && all.storesIn(state).map(({ storeKey }) => storeKey) };
  const keys = (await storesWhere(sql, filter)).map(({ storeKey }) => storeKey);
  const view = all.among(new Set(keys));
  return { view, among: state === undefined ? keys : view.storesIn(state).map(({ storeKey }) => storeKey) };
}

interface Described {
  readonly known: KnownStores;
  readonly view: ReportView | undefined;
}

/** Adds what is known of each store, and its place in a report. A report does not have stores that are newer. */
function inReport(ids: readonly string[], { known, view }: Described): Omit<ListedStore, "state">[] {
  const wanted = new Set(ids);
  const places = new Map<string, number>();
  view?.result.storeIds.forEach((storeId, place) => wanted.has(storeId) && places.set(storeId, place));
  return ids.map((storeId) => ({ storeId, known: known.get(storeId), view, place: places.get(storeId) }));
}
