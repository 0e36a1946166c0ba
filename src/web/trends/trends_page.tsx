import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { transaction } from "../../db/postgres/transaction.ts";
import { type NamedStore, namedStores } from "../../db/stores/fleet_facts.ts";
import { listTagChoices, type TagValues } from "../../db/tags/tags.ts";
import { Timezones } from "../../report/timezones.ts";
import { readTrend } from "../../trends/read_trend.ts";
import type { Trend, TrendDate } from "../../trends/trend.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { MessagePage } from "../kit/message_page.tsx";
import { respond } from "../kit/respond.ts";
import { capital, keyWords, tagWords } from "../tags/asked_tags.ts";
import { TagForm } from "../tags/tag_choices.tsx";
import { type AskedTrend, readAsked, trendAddress } from "./asked_trend.ts";
import { datePage } from "./date_page.tsx";
import { GroupTable } from "./group_table.tsx";
import { HeatMap } from "./heat_map.tsx";
import { storeTrendPage } from "./store/store_trend_page.tsx";
import { NoTrend, Periods } from "./trend_choices.tsx";
import { Lacking, TrendFigures } from "./trend_figures.tsx";
import { TrendMethod } from "./trend_method.tsx";
import { TrendSection } from "./trend_section.tsx";
import { TrendStores, worstOf } from "./trend_stores.tsx";
import { datesWords, knownDates } from "./trend_words.ts";

const WORST = 10;

/** `GET /trends`: uptime date by date, of all stores, of those with some tags, or of one. */
export async function trendsPage(c: Context, deps: WebDeps, assets: Assets): Promise<Response> {
  const asked = readAsked(new URL(c.req.url).searchParams);
  const { storeId, date } = asked;
  if (storeId !== undefined) {
    const page = await storeTrendPage(deps, assets, { ...asked, storeId });
    return page ?? await notFound(assets, "There is no such store", <StoreHint />);
  }
  if (date === undefined) return await fleetPage(deps, assets, asked);
  const page = await datePage(deps, assets, { ...asked, date });
  return page ?? await notFound(assets, "Nothing is known of this date", <DateHint />);
}

async function notFound(assets: Assets, title: string, hint: JSX.Element): Promise<Response> {
  return await respond(<MessagePage assets={assets} title={title}>{hint}</MessagePage>, 404);
}

function StoreHint(): JSX.Element {
  return (
    <p class="lead">
      Look for its name, its id or a tag in <a href="/stores">the list of stores</a>.
    </p>
  );
}

function DateHint(): JSX.Element {
  return (
    <p class="lead">
      Trends have the dates that are over and have polls. <a href="/trends">Choose one of them</a>
    </p>
  );
}

async function fleetPage(deps: WebDeps, assets: Assets, asked: AskedTrend): Promise<Response> {
  const { sql } = deps;
  const { days, groupBy, tags: { filter: where } } = asked;
  const timezones = new Timezones(deps.zoneRules);
  const trend = await transaction(
    sql,
    (tx) => readTrend(tx, { days, groupBy, where }, timezones),
    "repeatable read read only",
  );
  const worst = worstOf(trend?.byStore ?? [], WORST);
  const [named, choices] = await Promise.all([
    namedStores(sql, worst.map(({ storeKey }) => storeKey)),
    listTagChoices(sql),
  ]);
  const of = where === undefined ? "All stores" : `Stores with ${tagWords(where)}`;
  return await respond(
    <Layout assets={assets} title={`Trends: ${of}`} here="trends" latest={{ at: (await deps.states.view()).asOf }}>
      <TagForm
        action="/trends"
        kept={{ days: String(days), group_by: groupBy.join(",") }}
        choices={choices}
        asked={asked.tags}
      />
      <div class="title">
        <h1>{of}{trend === undefined ? "" : `, ${datesWords(knownDates(trend))}`}</h1>
        <Periods asked={asked} />
      </div>
      {trend === undefined
        ? <NoTrend isFiltered={where !== undefined} />
        : <FleetTrend trend={trend} asked={asked} choices={choices} worst={{ stores: worst, named }} />}
    </Layout>,
  );
}

interface FleetTrendProps {
  readonly trend: Trend;
  readonly asked: AskedTrend;
  readonly choices: TagValues;
  readonly worst: { readonly stores: ReturnType<typeof worstOf>; readonly named: ReadonlyMap<number, NamedStore> };
}

function FleetTrend({ trend, asked, choices, worst }: FleetTrendProps): JSX.Element {
  const hrefOf = ({ date }: TrendDate) => trendAddress(asked, { date, groupBy: [] });
  return (
    <>
      <Lacking lacking={trend.lacking} />
      <TrendFigures trend={trend} />
      <TrendSection trend={trend} hrefOf={hrefOf} />
      <Groups trend={trend} asked={asked} choices={choices} />
      <div class="two trend-parts">
        <section aria-labelledby="worst">
          <h2 id="worst">Stores with the most downtime</h2>
          <TrendStores
            stores={worst.stores}
            named={worst.named}
            hrefOf={({ storeId }) => trendAddress(asked, { storeId, groupBy: [], filter: undefined })}
          />
        </section>
        <HeatMap trend={trend} isOne={false} />
      </div>
      <TrendMethod />
    </>
  );
}

/** Groups by a tag, once one is chosen. */
function Groups({ trend, asked, choices }: Omit<FleetTrendProps, "worst">): JSX.Element | null {
  const keys = [...new Set([...choices.keys(), ...asked.groupBy])].sort();
  if (keys.length === 0) return null;
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">
        {asked.groupBy.length === 0 ? "Groups of stores" : `By ${asked.groupBy.map(keyWords).join(" and ")}`}
      </h2>
      <nav class="choices" aria-label="Group by">
        {keys.map((key) => (
          <a
            class="button"
            href={`${trendAddress(asked, { groupBy: asked.groupBy.join() === key ? [] : [key] })}#groups`}
            aria-current={asked.groupBy.includes(key) ? "true" : undefined}
          >
            {capital(keyWords(key))}
          </a>
        ))}
      </nav>
      {asked.groupBy.length > 0 && <GroupTable trend={trend} asked={asked} />}
    </section>
  );
}
