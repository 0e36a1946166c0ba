import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { listExclusions } from "../../db/calendars/exclusion_list.ts";
import { marksOf } from "../../db/imports/marks.ts";
import { getDetails } from "../../db/stores/store_details.ts";
import { formatDuration } from "../../domain/time/duration.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { eachMeasure } from "../../domain/measures/measures.ts";
import type { Totals } from "../../domain/measures/totals.ts";
import { METHOD_NAMES } from "../../domain/method.ts";
import { DEFAULT_REQUEST } from "../../domain/report_request.ts";
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
import { StoreHeading, storeWords } from "../parts/store_link.tsx";
import { TagList } from "../tags/tag_list.tsx";
import { LowCoverage } from "../parts/low_coverage.tsx";
import { StoreTrend } from "../trends/store/store_trend.tsx";
import { GapSection } from "./gap_list.tsx";
import type { FormState } from "../calendar/form_state.ts";
import { HoursTable } from "../calendar/hours_table.tsx";
import { calendarAddresses } from "../calendar/calendar_addresses.ts";
import { StoreCalendar } from "../calendar/store_calendar.tsx";
import { OutageList } from "./outage_list.tsx";
import { RemoveStore } from "./remove_store.tsx";
import { StoreMarks } from "./store_marks.tsx";
import { Sums } from "./sums.tsx";
import { UnplacedStorePage } from "./unplaced_store_page.tsx";
import { WeekChart } from "./week_chart.tsx";
import { askedRequest, isWeek, shownSpan, weeksBeside } from "./weeks.ts";

interface StorePageParts {
  readonly assets: Assets;
  readonly storeId: string;
  /** A form of the page that was sent and cannot be used. */
  readonly state?: FormState;
}

/** `GET /stores/{id}` for browsers: a store's week, its numbers and its calendar. Undefined if there is no such store. */
export async function storePage(c: Context, deps: WebDeps, parts: StorePageParts): Promise<Response | undefined> {
  const { assets, storeId, state: formState } = parts;
  const { sql } = deps;
  const found = storeId.includes("\0")
    ? undefined
    : await storeTimeline(deps, { storeId, request: await askedRequest(c, deps) }, shownSpan);
  if (found === undefined) return undefined;
  if (isUnplaced(found)) {
    return await respond(await UnplacedStorePage({ sql, assets, tzdata: deps.zoneRules.version, store: found }));
  }
  const [view, marks, details, inForce, withdrawn] = await Promise.all([
    deps.states.view(),
    marksOf(sql, storeId),
    getDetails(sql, storeId),
    listExclusions(sql, { storeId, isWithdrawn: false, limit: MOST_EXCLUSIONS }),
    listExclusions(sql, { storeId, isWithdrawn: true, limit: MOST_EXCLUSIONS }),
  ]);
  const latest = view.asOf;
  const state = (await deps.states.withSince(view, [storeId])).get(storeId);
  const name = details?.name;
  return await respond(
    <Layout assets={assets} title={titleOf(storeId, name)} here="stores" scripts={["week.js"]} latest={{ at: latest }}>
      <Title timeline={found} tzdata={deps.zoneRules.version} name={name} />
      <TagList tags={details?.tags ?? {}} />
      <StateBadge state={state} asOf={latest} />
      <NewerWeek timeline={found} latest={latest} />
      <LowCoverage totals={totalsOfWindows(found)} method={found.request.method} />
      <StoreMarks marks={marks} />
      <WeekForm timeline={found} latest={latest} />
      <WeekChart timeline={found} />
      <Sums timeline={found} />
      <GapSection timeline={found} />
      {await StoreTrend({ deps, storeId })}
      <div class="two uneven">
        <OutageList timeline={found} />
        <HoursTable
          versions={found.stored.versions}
          date={found.openingRules.timezone.dateAt(found.request.asOf)}
        />
      </div>
      <StoreCalendar
        timeline={found}
        inForce={inForce}
        withdrawn={withdrawn}
        changing={c.req.query("change") ?? formState?.subject}
        addresses={calendarAddresses(storeId, new URL(c.req.url).searchParams)}
        state={formState}
      />
      <RemoveStore storeId={storeId} name={name} />
    </Layout>,
    formState === undefined ? 200 : 422,
  );
}

/** More have a page of their own. */
const MOST_EXCLUSIONS = 100;

function titleOf(storeId: string, name: string | undefined): string {
  return name === undefined ? `Store ${storeId}` : storeWords(storeId, name);
}

interface TitleProps {
  readonly timeline: StoreTimeline;
  readonly tzdata: string;
  readonly name: string | undefined;
}

function Title({ timeline, tzdata, name }: TitleProps): JSX.Element {
  const { storeId, openingRules: { timezone }, stored, request: { asOf, method } } = timeline;
  return (
    <div class="title">
      <StoreHeading storeId={storeId} name={name} />
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
  const { asOf, method, staleAfter, windows, calendar } = request;
  const { before, after } = weeksBeside(timeline, latest);
  const at = (end: Micros) => storeAddress(storeId, { asOf: end, request });
  return (
    <form class="row" action={storeAddress(storeId)}>
      <input type="hidden" name="as_of" value={formatInstant(asOf)} />
      <input type="hidden" name="stale_after" value={formatDuration(staleAfter)} />
      {!isWeek(request) && <input type="hidden" name="windows" value={windows.join(",")} />}
      {calendar !== undefined && <input type="hidden" name="calendar" value={calendar} />}
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
        {!isWeek(request) && (
          <a class="button" href={storeAddress(storeId, { asOf, request: { ...DEFAULT_REQUEST, method, staleAfter } })}>
            Week before the as-of time
          </a>
        )}
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
