import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { marksOf } from "../../db/imports/marks.ts";
import { latestCompleted } from "../../db/reports/overview.ts";
import { formatDuration } from "../../domain/time/duration.ts";
import { formatInstant, parseAsOf } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { eachMeasure } from "../../domain/measures/measures.ts";
import type { Totals } from "../../domain/measures/totals.ts";
import { METHOD_NAMES } from "../../domain/method.ts";
import { parseStaleAfter } from "../../domain/polls/stale_after.ts";
import { hoursOn } from "../../domain/openings/business_hours.ts";
import { type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import { isUnplaced, type StoreTimeline, storeTimeline } from "../../report/store_timeline.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { storeAddress } from "../kit/links.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { respond } from "../kit/respond.ts";
import { Time } from "../kit/time.tsx";
import { NewerData } from "../parts/newer_data.tsx";
import { StateBadge } from "../state/state_badge.tsx";
import { LowCoverage } from "../parts/low_coverage.tsx";
import { GapSection } from "./gap_list.tsx";
import { HoursTable } from "./hours_table.tsx";
import { OutageList } from "./outage_list.tsx";
import { RemoveStore } from "./remove_store.tsx";
import { StoreMarks } from "./store_marks.tsx";
import { Sums } from "./sums.tsx";
import { UnplacedStorePage } from "./unplaced_store_page.tsx";
import { WeekChart } from "./week_chart.tsx";
import { weeksBeside } from "./weeks.ts";

/** `GET /stores/{id}` for browsers: a store's week, and its numbers. Undefined if there is no such store. */
export async function storePage(
  c: Context,
  deps: WebDeps,
  { assets, storeId }: { assets: Assets; storeId: string },
): Promise<Response | undefined> {
  const { sql } = deps;
  const found = storeId.includes("\0")
    ? undefined
    : await storeTimeline(deps, { storeId, request: await requestOf(c, deps) });
  if (found === undefined) return undefined;
  if (isUnplaced(found)) {
    return await respond(await UnplacedStorePage({ sql, assets, tzdata: deps.zoneRules.version, store: found }));
  }
  const [view, marks] = await Promise.all([deps.states.view(), marksOf(sql, storeId)]);
  const latest = view.asOf;
  const state = (await deps.states.withSince(view, [storeId])).get(storeId);
  return await respond(
    <Layout assets={assets} title={`Store ${storeId}`} here="stores" scripts={["week.js"]} latest={{ at: latest }}>
      <Title timeline={found} tzdata={deps.zoneRules.version} />
      <StateBadge state={state} asOf={latest} />
      <NewerWeek timeline={found} latest={latest} />
      <LowCoverage totals={totalsOfWindows(found)} method={found.request.method} />
      <StoreMarks marks={marks} />
      <WeekForm timeline={found} latest={latest} />
      <WeekChart timeline={found} />
      <Sums timeline={found} />
      <GapSection timeline={found} />
      <div class="two uneven">
        <OutageList timeline={found} />
        <HoursTable hours={hoursOn(found.stored.versions, found.openingRules.timezone.dateAt(found.request.asOf))} />
      </div>
      <RemoveStore storeId={storeId} />
    </Layout>,
  );
}

/** The address chooses as-of, method and `stale_after`; else the latest report does. */
async function requestOf(c: Context, { sql }: Pick<WebDeps, "sql">): Promise<ReportRequest> {
  const method = METHOD_NAMES.find((name) => name === c.req.query("method"));
  const asOf = parseAsOf(c.req.query("as_of") ?? "");
  const staleAfter = parseStaleAfter(c.req.query("stale_after") ?? "");
  if (asOf !== undefined) return withDefaults({ asOf, method, staleAfter });
  const latest = await latestCompleted(sql);
  return withDefaults({
    asOf: latest?.asOf,
    method: method ?? latest?.request.method,
    staleAfter: staleAfter ?? latest?.request.staleAfter,
  });
}

function Title({ timeline, tzdata }: { timeline: StoreTimeline; tzdata: string }): JSX.Element {
  const { storeId, openingRules: { timezone }, stored, request: { asOf, method } } = timeline;
  return (
    <div class="title">
      <h1 class="id">{storeId}</h1>
      <p>
        <span>
          {timezone.id}{" "}
          {stored.timezone === undefined && <span class="quiet">(default: this store has no time zone)</span>}
        </span>
        <span class="quiet">time zone rules {tzdata}</span>
        <span class="quiet">
          as of <Time at={asOf} zone={timezone} style="full" />
        </span>
        <span class="printed">Method: {METHOD_WORDS[method].title}</span>
      </p>
    </div>
  );
}

function NewerWeek({ timeline, latest }: { timeline: StoreTimeline; latest: Micros | undefined }): JSX.Element {
  const { storeId, request } = timeline;
  return (
    <NewerData asOf={request.asOf} latest={latest}>
      <a class="button" href={storeAddress(storeId, { asOf: latest, request })}>Show the newest data</a>
    </NewerData>
  );
}

/** The store's own numbers, as a report's totals would have them. */
function totalsOfWindows({ windows }: StoreTimeline): Totals {
  return windows.map(({ window, measures }) => ({
    window: window.name,
    sums: eachMeasure((measure) => BigInt(measures[measure])),
  }));
}

function WeekForm({ timeline, latest }: { timeline: StoreTimeline; latest: Micros | undefined }): JSX.Element {
  const { storeId, request } = timeline;
  const { asOf, method, staleAfter } = request;
  const { before, after } = weeksBeside(timeline, latest);
  const at = (end: Micros) => storeAddress(storeId, { asOf: end, request });
  return (
    <form class="row" action={storeAddress(storeId)}>
      <input type="hidden" name="as_of" value={formatInstant(asOf)} />
      <input type="hidden" name="stale_after" value={formatDuration(staleAfter)} />
      <p class="field">
        <label for="method">Method</label>
        <select id="method" name="method">
          {METHOD_NAMES.map((name) => (
            <option value={name} selected={name === method}>{METHOD_WORDS[name].title} ({name})</option>
          ))}
        </select>
      </p>
      <p>
        <button type="submit">Show</button>
      </p>
      <p class="weeks">
        {before !== undefined && <a class="button" href={at(before)}>Previous week</a>}
        {after !== undefined && <a class="button" href={at(after)}>Next week</a>}
      </p>
      {latest !== undefined && latest < asOf && (
        <p class="note">
          The data ends on <Time at={latest} style="full" />. After that, the method decides without polls.{" "}
          <a href={at(latest)}>Show the week up to the latest poll</a>
        </p>
      )}
    </form>
  );
}
