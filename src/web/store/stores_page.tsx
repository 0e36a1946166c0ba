import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { latestCompleted } from "../../db/reports/overview.ts";
import type { Report } from "../../db/reports/report.ts";
import { knownOf, type KnownStores } from "../../db/stores/fleet_facts.ts";
import { listTagChoices, storesWhere } from "../../db/stores/tags.ts";
import { countFound, findStoreId, listStores } from "../../db/stores/store_list.ts";
import { isWithin, roundedId } from "../../domain/rounded_id.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { reportAddress, storeAddress } from "../kit/links.ts";
import { count } from "../kit/numbers.ts";
import type { ReportCache, ReportView } from "../report/report_cache.ts";
import { HowSure } from "../parts/sureness.tsx";
import { respond } from "../kit/respond.ts";
import { Time } from "../kit/time.tsx";
import { STORE_STATES, type StoreStateName } from "../../domain/store_state.ts";
import type { TagFilter } from "../../domain/tag_filter.ts";
import type { FleetView } from "../../states/fleet_view.ts";
import { type AskedTags, readTags, withTags } from "../tags/asked_tags.ts";
import { TagForm } from "../tags/tag_choices.tsx";
import { StateFilter } from "../state/state_filter.tsx";
import { type ListedStore, StoreTable } from "./store_table.tsx";

const PAGE = 100;

interface StoresPageParts {
  readonly assets: Assets;
  readonly cache: ReportCache;
}

/** What an address asks for. */
interface Asked {
  readonly text: string;
  /** The last id of the page before. */
  readonly after: string;
  readonly state: StoreStateName | undefined;
  readonly tags: AskedTags;
}

function readAsked(c: Context): Asked {
  return {
    text: plain(c.req.query("q")),
    after: plain(c.req.query("after")),
    state: STORE_STATES.find((name) => name === c.req.query("state")),
    tags: readTags(new URL(c.req.url).searchParams),
  };
}

/** `GET /stores` for browsers: stores in the order of ids, or those that match a text or have tags. A whole id or name opens its store. */
export async function storesPage(c: Context, deps: WebDeps, { assets, cache }: StoresPageParts): Promise<Response> {
  const asked = readAsked(c);
  const { text, state, tags } = asked;
  const named = await findNamed(deps, asked);
  if (named !== undefined) return c.redirect(storeAddress(named), 303);
  const { stores, total, report, view, last, isRounded } = await findListed(deps, cache, asked);
  // A whole id that ends with zeros may look like a rounded one.
  if (total === 1 && state === undefined && stores[0]?.storeId === text) return c.redirect(storeAddress(text), 303);
  const isFiltered = state !== undefined || tags.filter !== undefined;
  return await respond(
    <Layout
      assets={assets}
      title={text === "" ? "Stores" : `“${text}” · Stores`}
      here="stores"
      q={text}
      latest={{ at: view.asOf }}
    >
      <h1>{headingOf(text, isRounded)}</h1>
      <TagForm action="/stores" kept={{ q: text, state }} choices={await listTagChoices(deps.sql)} asked={tags} />
      <StateFilter view={view} chosen={state} q={text} filter={tags.filter} />
      {total === 0 ? <NoStore text={text} isRounded={isRounded} isFiltered={isFiltered} /> : (
        <>
          {isRounded && <p class="lead">A spreadsheet rounded this number. The ids of these stores match it.</p>}
          <Summary total={total} report={report} />
          <StoreTable stores={stores} />
        </>
      )}
      {last !== undefined && <NextPage asked={asked} last={last} />}
    </Layout>,
  );
}

/** The id of the store that a search names. */
async function findNamed({ sql }: WebDeps, { text, state, after, tags }: Asked): Promise<string | undefined> {
  const isSearch = text !== "" && state === undefined && after === "" && tags.filter === undefined;
  return isSearch && roundedId(text) === undefined ? await findStoreId(sql, text) : undefined;
}

interface Listed {
  readonly view: FleetView;
  readonly stores: readonly ListedStore[];
  readonly total: number;
  readonly report: Report | undefined;
  readonly isRounded: boolean;
  /** The last id of this page, if there is a next one. */
  readonly last: string | undefined;
}

async function findListed(deps: WebDeps, cache: ReportCache, { text, after, state, tags }: Asked): Promise<Listed> {
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

function NextPage({ asked: { text, state, tags }, last }: { asked: Asked; last: string }): JSX.Element {
  const parameters = new URLSearchParams({ q: text, ...(state && { state }), after: last });
  return (
    <p>
      <a href={withTags(`/stores?${parameters}`, tags.filter)}>Next {PAGE} stores</a>
    </p>
  );
}

function headingOf(text: string, isRounded: boolean): string {
  if (text === "") return "Stores";
  return isRounded ? `Stores that match the rounded id “${text}”` : `Stores with “${text}” in their name, id or tags`;
}

interface NoStoreProps {
  readonly text: string;
  readonly isRounded: boolean;
  /** Whether a state or tags were chosen. */
  readonly isFiltered: boolean;
}

function NoStore({ text, isRounded, isFiltered }: NoStoreProps): JSX.Element {
  if (isFiltered) return <p class="lead">No store matches. Choose another state or other tags.</p>;
  if (text === "") {
    return (
      <p class="lead">
        There are no stores yet. <a href="/data">Load files</a> first.
      </p>
    );
  }
  return (
    <p class="lead">
      {isRounded
        ? "No store id matches this rounded number. Check the id."
        : "No store has this text in its name, id or tags. Check the spelling."}
    </p>
  );
}

function Summary({ total, report }: { total: number; report: Report | undefined }): JSX.Element {
  return (
    <p>
      {total === 1 ? "1 store." : `${count(total)} stores.`} {report?.asOf === undefined
        ? <span class="quiet">The first report will show their uptime.</span>
        : (
          <span class="quiet">
            Uptime is from the{" "}
            <a href={reportAddress(report.reportId)}>
              report as of <Time at={report.asOf} style="full" />
            </a>. <HowSure />
          </span>
        )}
    </p>
  );
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

/** Postgres cannot take a NUL. */
function plain(text: string | undefined): string {
  return (text ?? "").replaceAll("\0", "").trim().slice(0, 64);
}
