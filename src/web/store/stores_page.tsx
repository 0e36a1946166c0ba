import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { listTagChoices } from "../../db/tags/tags.ts";
import { findStoreId } from "../../db/stores/store_list.ts";
import { roundedId } from "../../domain/rounded_id.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { reportAddress, storeAddress } from "../kit/links.ts";
import { count } from "../kit/numbers.ts";
import type { ReportCache } from "../report/report_cache.ts";
import { HowSure } from "../parts/sureness.tsx";
import { respond } from "../kit/respond.ts";
import { Time } from "../kit/time.tsx";
import { STORE_STATES } from "../../domain/store_state.ts";
import { readTags, withTags } from "../tags/asked_tags.ts";
import { TagForm } from "../tags/tag_choices.tsx";
import { type Asked, findListed, PAGE } from "./listed_stores.ts";
import { StoreTable } from "./store_table.tsx";
import { StateFilter } from "../state/state_filter.tsx";

interface StoresPageParts {
  readonly assets: Assets;
  readonly cache: ReportCache;
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

/** A name has 200 characters at most. */
const LONGEST = 200;

/** Postgres cannot take a NUL. */
function plain(text: string | undefined): string {
  return (text ?? "").replaceAll("\0", "").trim().slice(0, LONGEST);
}
