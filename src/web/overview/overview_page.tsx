import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { hasStores } from "../../db/stores/fleet_facts.ts";
import { hasPolls } from "../../db/polls/count_polls.ts";
import { latestCompleted, listUnfinished } from "../../db/reports/overview.ts";
import type { Report } from "../../db/reports/report.ts";
import { listReports } from "../../db/reports/reports.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { mainWindow } from "../../domain/time/window_list.ts";
import { csvAddress, reportAddress } from "../kit/links.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { CsvHint } from "../parts/csv_hint.tsx";
import type { ReportCache } from "../report/report_cache.ts";
import { ReportList } from "../parts/report_list.tsx";
import { respond } from "../kit/respond.ts";
import { Time } from "../kit/time.tsx";
import { readTags, withTags } from "../tags/asked_tags.ts";
import { TagForm } from "../tags/tag_choices.tsx";
import { DownNow, statesOf } from "../now/down_now.tsx";
import { ChangedCalendars, UpdateReport } from "../parts/newer_data.tsx";
import { LowCoverage } from "../parts/low_coverage.tsx";
import { Begin, type Missing } from "./begin.tsx";
import { FleetNumbers } from "../fleet/fleet_numbers.tsx";
import { UnseenHour } from "../parts/unseen_hour.tsx";
import { Histogram } from "./histogram.tsx";
import { offersOf } from "../form/new_report.tsx";
import { ReportForm } from "../form/report_form.tsx";
import type { Offers } from "../form/report_form_state.ts";
import { RunningReports } from "../parts/running_reports.tsx";
import { lookAt, type ReportLook } from "./report_look.ts";
import { SilentStores } from "./silent_stores.tsx";
import { WorstStores } from "./worst_stores.tsx";

/** A browser opens at most six connections to a host. Each report in progress holds one. */
const FOLLOWED = 4;
const HISTORY = 8;
const SHORT_LIST = 8;

interface OverviewParts {
  readonly assets: Assets;
  readonly cache: ReportCache;
}

/** `GET /`: the uptime of all stores, the worst stores, and the reports. `where` filters it by tags. */
export async function overviewPage(c: Context, deps: WebDeps, { assets, cache }: OverviewParts): Promise<Response> {
  const { sql } = deps;
  const asked = readTags(new URL(c.req.url).searchParams);
  const [view, latest, unfinished, history, offers] = await Promise.all([
    deps.states.view(),
    latestCompleted(sql),
    listUnfinished(sql, FOLLOWED),
    listReports(sql, HISTORY),
    offersOf(sql),
  ]);
  const missing = latest === undefined ? await findMissing(deps) : undefined;
  const look = latest && await lookAt(latest, { sql, cache, filter: asked.filter });
  return await respond(
    <Layout
      assets={assets}
      title="Overview"
      here="overview"
      scripts={missing === undefined ? ["live.js"] : ["upload.js", "live.js"]}
      isLive={unfinished.count > 0}
      latest={{ at: view.asOf }}
    >
      {look !== undefined && <LowCoverage totals={look.totals} method={look.report.request.method} />}
      <TagForm action="/" choices={offers.tags} asked={asked} />
      <DownNow states={await statesOf(sql, view, asked.filter)} />
      {latest !== undefined && <UpdateReport reportId={latest.reportId} asOf={latest.asOf} latest={view.asOf} />}
      {look !== undefined && <ChangedCalendars reportId={look.report.reportId} changedAt={look.changedAt} />}
      {look === undefined ? <Beginning missing={missing} /> : <Title look={look} />}
      {unfinished.count > 0 && <RunningReports reports={unfinished.reports} total={unfinished.count} />}
      {look !== undefined && <ReportNumbers look={look} offers={offers} />}
      {latest === undefined && missing === undefined && <FormAlone offers={offers} />}
      {history.length > 0 && <History reports={history} />}
    </Layout>,
  );
}

/** What the database lacks for a report. */
async function findMissing({ sql }: WebDeps): Promise<Missing | undefined> {
  if (!(await hasStores(sql))) return "stores";
  return await hasPolls(sql) ? undefined : "polls";
}

function Beginning({ missing }: { missing: Missing | undefined }): JSX.Element {
  return missing === undefined ? <NoReport /> : <Begin missing={missing} />;
}

function NoReport(): JSX.Element {
  return (
    <>
      <h1>The data is loaded. Make the first report</h1>
      <p class="lead">A report shows how long each store was up and down in the last hour, day and week.</p>
    </>
  );
}

function Title({ look: { report, filter, of } }: { look: ReportLook }): JSX.Element {
  const { asOf = 0, request: { method }, reportId } = report;
  return (
    <div class="title">
      <h1>
        {of ?? "All stores"}, as of <Time at={asOf} style="full" />
      </h1>
      <p>
        <a class="button main" href={csvAddress(report)} download>
          {of === undefined ? "Download CSV" : "Download CSV of all stores"}
        </a>
        <a class="button" href={withTags(reportAddress(reportId), filter)}>
          {of === undefined ? "All stores" : "These stores"}
        </a>
        <span class="quiet">Method: {METHOD_WORDS[method].title}</span>
      </p>
      <CsvHint />
    </div>
  );
}

/** The form, in the same place as later beside a report's numbers. So a form that somebody is filling in can stay. */
function FormAlone({ offers }: { offers: Offers }): JSX.Element {
  return (
    <div class="two alone">
      <div class="stack">
        <ReportForm offers={offers} />
      </div>
    </div>
  );
}

interface NumbersProps {
  readonly look: ReportLook;
  readonly offers: Offers;
}

/** The numbers of the latest report. */
function ReportNumbers({ look, offers }: NumbersProps): JSX.Element {
  const { report, totals, earlier, of, view, filter } = look;
  return (
    <>
      {totals && <UnseenHour totals={totals} />}
      {totals && <FleetNumbers totals={totals} earlier={earlier} of={of} />}
      {view === undefined
        ? (
          <>
            <p class="trouble">The report's file is gone. Make a new report to see the stores.</p>
            <FormAlone offers={offers} />
          </>
        )
        : (
          <div class="two">
            <div class="stack">
              <Histogram
                shares={view.share}
                window={mainWindow(view.result.windows)}
                href={reportAddress(report.reportId)}
                filter={filter}
              />
              {!isShort(look) && <ReportForm offers={offers} />}
            </div>
            <StoreLists look={look} offers={offers} total={view.result.storeIds.length} />
          </div>
        )}
    </>
  );
}

function StoreLists({ look, offers, total }: NumbersProps & { total: number }): JSX.Element {
  const { report, worst, known, silent, filter } = look;
  return (
    <div class="stack">
      <WorstStores report={report} stores={worst} known={known} filter={filter} total={total} />
      {silent !== undefined && <SilentStores report={report} silent={silent} known={known} filter={filter} />}
      {isShort(look) && <ReportForm offers={offers} />}
    </div>
  );
}

/** The form goes into the column that has room for it. */
function isShort({ worst, silent }: ReportLook): boolean {
  return worst.length + (silent?.stores.length ?? 0) <= SHORT_LIST;
}

function History({ reports }: { reports: readonly Report[] }): JSX.Element {
  return (
    <section aria-labelledby="history">
      <h2 id="history">Reports</h2>
      <ReportList reports={reports} />
      {reports.length === HISTORY && <p class="printed">The latest {HISTORY} reports.</p>}
      <p>
        <a href="/reports">All reports</a>
      </p>
    </section>
  );
}
