import type { JSX } from "hono/jsx/jsx-runtime";
import { transaction } from "../../db/postgres/transaction.ts";
import { namedStores } from "../../db/stores/fleet_facts.ts";
import type { EpochDay } from "../../domain/time/timezone.ts";
import { isLow } from "../../domain/measures/coverage.ts";
import { percentagesOf } from "../../domain/measures/percentage.ts";
import { asMeasured } from "../../domain/trends/trend_sums.ts";
import { Timezones } from "../../report/timezones.ts";
import { readTrendDate, type TrendDateStores } from "../../trends/read_trend_date.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { count } from "../kit/numbers.ts";
import { respond } from "../kit/respond.ts";
import { HowSure } from "../parts/sureness.tsx";
import { tagWords } from "../tags/asked_tags.ts";
import { TagFault } from "../tags/tag_choices.tsx";
import { type AskedTrend, trendAddress } from "./asked_trend.ts";
import { storeDateAddress } from "./store/store_date_address.ts";
import { Lacking } from "./trend_figures.tsx";
import { TrendMethod } from "./trend_method.tsx";
import { TrendStores, worstOf } from "./trend_stores.tsx";
import { dateWords, hourWords, observedWords, uptimeWords } from "./trend_words.ts";

const MOST = 100;

/** `GET /trends?date=`: the stores that lost most on a date. Undefined if nothing is known of it. */
export async function datePage(
  deps: WebDeps,
  assets: Assets,
  asked: AskedTrend & { readonly date: EpochDay },
): Promise<Response | undefined> {
  const { sql, zoneRules } = deps;
  const { date, tags: { filter: where, fault } } = asked;
  const timezones = new Timezones(zoneRules);
  const found = await transaction(
    sql,
    (tx) => readTrendDate(tx, { date, where }, timezones),
    "repeatable read read only",
  );
  if (found === undefined) return undefined;
  const worst = worstOf(found.byStore, MOST);
  const named = await namedStores(sql, worst.map(({ storeKey }) => storeKey));
  const of = where === undefined ? "all stores" : `stores with ${tagWords(where)}`;
  const title = `${dateWords(date, "long")}, ${of}`;
  return await respond(
    <Layout assets={assets} title={title} here="trends" latest={{ at: (await deps.states.view()).asOf }}>
      <TagFault fault={fault} />
      <div class="title">
        <h1>{title}</h1>
        <Neighbours found={found} asked={asked} />
      </div>
      <Lacking lacking={found.stores - found.storeDays} />
      <LowObserved found={found} />
      <DateFigures found={found} />
      <section aria-labelledby="worst">
        <h2 id="worst">
          {found.byStore.filter(({ down }) => down > 0).length > MOST
            ? `The ${MOST} stores with the most downtime`
            : "Stores with downtime"}
        </h2>
        <TrendStores stores={worst} named={named} hrefOf={(store) => storeDateAddress(store, date, timezones)} />
      </section>
      <TrendMethod />
    </Layout>,
  );
}

/** The dates beside it that are known, and the way back. */
function Neighbours({ found: { date, known }, asked }: { found: TrendDateStores; asked: AskedTrend }): JSX.Element {
  return (
    <nav class="choices" aria-label="Dates">
      {date > known.first && <a class="button" href={trendAddress(asked, { date: date - 1 })}>Previous date</a>}
      {date < known.last && <a class="button" href={trendAddress(asked, { date: date + 1 })}>Next date</a>}
      <a class="button" href={trendAddress(asked, { date: undefined })}>All dates</a>
    </nav>
  );
}

/** Most of the date may be unknown: its uptime says little then. */
function LowObserved({ found }: { found: TrendDateStores }): JSX.Element | null {
  if (!isLow(percentagesOf(asMeasured(found)).coverage)) return null;
  return (
    <p class="trouble unsure">
      <b>Most business hours of this date were not observed: only {observedWords(found)} were.</b> <HowSure />
    </p>
  );
}

function DateFigures({ found }: { found: TrendDateStores }): JSX.Element {
  const lost = found.byStore.filter(({ down }) => down > 0).length;
  return (
    <dl class="figures date-figures">
      <div class="figure">
        <dt>Uptime</dt>
        <dd class="number">{uptimeWords(found)}</dd>
      </div>
      <div class="figure">
        <dt>Downtime</dt>
        <dd class="number">
          {hourWords(found.down)} <small>hours</small>
        </dd>
        <dd class="lost">of {hourWords(found.up + found.down)} observed hours</dd>
      </div>
      <div class="figure">
        <dt>Observed</dt>
        <dd class="number">{observedWords(found)}</dd>
        <dd class="lost">of {hourWords(found.scheduled)} business hours</dd>
      </div>
      <div class="figure">
        <dt>Stores with downtime</dt>
        <dd class="number">{count(lost)}</dd>
        <dd class="lost">of {count(found.storeDays)}</dd>
      </div>
    </dl>
  );
}
