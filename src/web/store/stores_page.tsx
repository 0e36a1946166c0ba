import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { latestCompleted } from "../../db/reports/overview.ts";
import type { Report } from "../../db/reports/report.ts";
import { knownOf, type KnownOfStore } from "../../db/stores/fleet_facts.ts";
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
import { STORE_STATES } from "../../domain/store_state.ts";
import { StateFilter } from "../state/state_filter.tsx";
import { type ListedStore, StoreTable } from "./store_table.tsx";

const PAGE = 100;

interface StoresPageParts {
  readonly assets: Assets;
  readonly cache: ReportCache;
}

/** `GET /stores` for browsers: stores in the order of ids, or those that match a text. A whole id opens its store. */
export async function storesPage(c: Context, deps: WebDeps, { assets, cache }: StoresPageParts): Promise<Response> {
  const { sql } = deps;
  const text = plain(c.req.query("q"));
  const after = plain(c.req.query("after"));
  const range = roundedId(text);
  const state = STORE_STATES.find((name) => name === c.req.query("state"));
  const named = text === "" || state !== undefined || after !== "" || range !== undefined
    ? undefined
    : await findStoreId(sql, text);
  if (named !== undefined) return c.redirect(storeAddress(named), 303);
  const view = await deps.states.view();
  const among = state && view.storesIn(state).map(({ storeKey }) => storeKey);
  const [found, total, report] = await Promise.all([
    listStores(sql, { containing: text, after, among, limit: PAGE + 1 }),
    countFound(sql, { containing: text, among }),
    latestCompleted(sql),
  ]);
  if (total === 1 && state === undefined && found[0]?.storeId === text) return c.redirect(storeAddress(text), 303);
  const isRounded = range !== undefined && found.every(({ storeId }) => isWithin(storeId, range));
  const last = found.length > PAGE ? found[PAGE - 1] : undefined;
  const ids = found.slice(0, PAGE).map(({ storeId }) => storeId);
  const states = await deps.states.withSince(view, ids);
  const stores = inReport(ids, { known: await knownOf(sql, ids), view: report && await cache.get(report) })
    .map((store) => ({ ...store, state: states.get(store.storeId) }));
  return await respond(
    <Layout
      assets={assets}
      title={text === "" ? "Stores" : `“${text}” · Stores`}
      here="stores"
      q={text}
      latest={{ at: view.asOf }}
    >
      <h1>{headingOf(text, isRounded)}</h1>
      <StateFilter view={view} chosen={state} q={text} />
      {total === 0 ? <NoStore text={text} isRounded={isRounded} isInState={state !== undefined} /> : (
        <>
          {isRounded && <p class="lead">A spreadsheet rounded this number. The ids of these stores match it.</p>}
          <Summary total={total} report={report} />
          <StoreTable stores={stores} />
        </>
      )}
      {last && (
        <p>
          <a href={`/stores?${new URLSearchParams({ q: text, ...(state && { state }), after: last.storeId })}`}>
            Next {PAGE} stores
          </a>
        </p>
      )}
    </Layout>,
  );
}

function headingOf(text: string, isRounded: boolean): string {
  if (text === "") return "Stores";
  return isRounded ? `Stores that match the rounded id “${text}”` : `Stores with “${text}” in their id`;
}

interface NoStoreProps {
  readonly text: string;
  readonly isRounded: boolean;
  /** Whether a state was chosen. */
  readonly isInState: boolean;
}

function NoStore({ text, isRounded, isInState }: NoStoreProps): JSX.Element {
  if (isInState) return <p class="lead">{text === "" ? "No store is" : "None of these stores is"} in this state.</p>;
  if (text === "") {
    return (
      <p class="lead">
        There are no stores yet. <a href="/data">Load files</a> first.
      </p>
    );
  }
  return (
    <p class="lead">No store id {isRounded ? "matches this rounded number" : "contains this text"}. Check the id.</p>
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
  readonly known: ReadonlyMap<string, KnownOfStore>;
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
