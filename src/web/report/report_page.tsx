import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { calendarsChangedAfter } from "../../db/calendars/calendar_changes.ts";
import { type ChunkRecord, listChunks, listErrors } from "../../db/reports/chunks.ts";
import { latestPoll } from "../../db/polls/latest_poll.ts";
import { ChangedCalendars, TryAgain, UpdateReport } from "../parts/newer_data.tsx";
import { knownOf, listTimezones } from "../../db/stores/fleet_facts.ts";
import { listTagChoices } from "../../db/tags/tags.ts";
import type { Report } from "../../db/reports/report.ts";
import { findEarlierReport } from "../../report/earlier_report.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { csvAddress, reportAddress } from "../kit/links.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { FleetNumbers } from "../parts/fleet_numbers.tsx";
import { UnseenHour } from "../parts/unseen_hour.tsx";
import { RunningReport } from "../parts/running_reports.tsx";
import { respond } from "../kit/respond.ts";
import { STATUS_WORDS } from "../parts/report_list.tsx";
import { localTime, Time } from "../kit/time.tsx";
import { LowCoverage } from "../parts/low_coverage.tsx";
import { HowSure } from "../parts/sureness.tsx";
import { Warnings } from "../parts/warnings.tsx";
import { CsvHint } from "../parts/csv_hint.tsx";
import { ChunkGantt } from "./chunk_gantt.tsx";
import type { ReportCache } from "./report_cache.ts";
import { ReportErrors } from "./report_errors.tsx";
import { ReportSettings } from "./report_settings.tsx";
import { reportRows } from "./report_rows.tsx";
import { RowFilters } from "./row_filters.tsx";
import { counted } from "../kit/numbers.ts";
import { tagWords } from "../tags/asked_tags.ts";
import { readRowQuery, type RowQuery } from "./row_query.ts";

interface ReportPageParts {
  readonly assets: Assets;
  readonly cache: ReportCache;
  readonly report: Report;
}

/** `GET /reports/{id}` for browsers. */
export async function reportPage(c: Context, deps: WebDeps, parts: ReportPageParts): Promise<Response> {
  const { assets, cache, report } = parts;
  const latest = await latestPoll(deps.sql);
  const isRunning = report.status === "Started" || report.status === "Running";
  return await respond(
    <Layout
      assets={assets}
      title={titleOf(report)}
      here="reports"
      scripts={isRunning ? ["live.js"] : ["rows.js"]}
      isLive={isRunning}
      latest={{ at: latest }}
    >
      <Title report={report} />
      {report.status === "Completed" && <UpdateReport reportId={report.reportId} asOf={report.asOf} latest={latest} />}
      {report.status === "Completed" && (
        <ChangedCalendars
          reportId={report.reportId}
          changedAt={await calendarsChangedAfter(deps.sql, report.startedAt ?? report.requestedAt)}
        />
      )}
      {isRunning && (
        <section class="running" aria-label="Progress">
          <RunningReport report={report} />
        </section>
      )}
      {report.status === "Completed" &&
        await completed(report, {
          deps,
          cache,
          query: readRowQuery(new URL(c.req.url).searchParams, report.request.windows),
        })}
      <ReportSettings report={report} />
    </Layout>,
  );
}

/** A browser tab shows only the first words, so these differ between reports. */
function titleOf({ status, request, asOf }: Report): string {
  const at = asOf ?? request.asOf;
  const time = at === undefined ? "latest poll" : `${localTime(at, undefined, "short")} UTC`;
  return `${status === "Completed" ? "" : `${STATUS_WORDS[status]}: `}${time}, ${request.method} · Report`;
}

function Title({ report }: { report: Report }): JSX.Element {
  const { reportId, status, request: { method }, reason } = report;
  const asOf = report.asOf ?? report.request.asOf;
  return (
    <div class="title">
      <h1>
        Report {asOf === undefined ? "of the latest poll" : (
          <>
            as of <Time at={asOf} style="full" />
          </>
        )}
      </h1>
      <LowCoverage totals={report.totals} method={method} />
      {status === "Completed" && (
        <>
          <p>
            <a class="button main" href={csvAddress(report)} download>Download CSV</a>
            <span class="quiet">Method: {METHOD_WORDS[method].title}</span>
          </p>
          <CsvHint />
        </>
      )}
      {status === "Failed" && (
        <p class="trouble" role="alert">
          <b>It failed.</b> {reason}.
        </p>
      )}
      {status === "Cancelled" && (
        <p class="trouble">
          <b>It was cancelled.</b> {reason}.
        </p>
      )}
      {(status === "Failed" || status === "Cancelled") && <TryAgain reportId={reportId} />}
    </div>
  );
}

interface CompletedParts {
  readonly deps: WebDeps;
  readonly cache: ReportCache;
  readonly query: RowQuery;
}

async function completed(report: Report, { deps: { sql }, cache, query }: CompletedParts): Promise<JSX.Element> {
  const { reportId, totals } = report;
  const [view, earlier, chunks, errors, zones, tags] = await Promise.all([
    cache.get(report),
    findEarlierReport(sql, report),
    listChunks(sql, reportId),
    listErrors(sql, reportId, MOST_ERRORS),
    listTimezones(sql),
    listTagChoices(sql),
  ]);
  const named = [...report.warnings.flatMap(({ stores }) => stores), ...errors.map(({ storeId }) => storeId)];
  const known = await knownOf(sql, named);
  return (
    <>
      <Warnings
        warnings={report.warnings}
        known={await knownOf(sql, report.warnings.flatMap(({ stores }) => stores))}
      />
      {totals && <UnseenHour totals={totals} />}
      {totals && <FleetNumbers totals={totals} earlier={earlier} of={storesOf(report)} />}
      {view === undefined
        ? <p class="trouble" role="alert">The report's file is gone. Make a new report.</p>
        : (
          <section aria-labelledby="rows">
            <h2 id="rows">Stores</h2>
            <p class="note">
              Beside each uptime stand its bounds and the share of time that was observed. <HowSure />
            </p>
            <RowFilters action={reportAddress(reportId)} query={query} zones={zones} tags={tags} />
            {await reportRows(report, { sql, view, query })}
          </section>
        )}
      {errors.length > 0 && (
        <ReportErrors errors={errors} total={Math.max(errors.length, withoutRow(report))} known={known} />
      )}
      {chunks.length > 0 && <Timing report={report} chunks={chunks} />}
    </>
  );
}

/** `42 stores with region West`; undefined if the report is about all stores. */
function storesOf({ storesTotal = 0, request: { where } }: Report): string | undefined {
  return where && `${counted(storesTotal, "store")} with ${tagWords(where)}`;
}

const MOST_ERRORS = 100;

function withoutRow({ storesTotal = 0, rows = 0 }: Report): number {
  return storesTotal - rows;
}

function Timing({ report, chunks }: { report: Report; chunks: readonly ChunkRecord[] }): JSX.Element {
  return (
    <>
      <ChunkGantt chunks={chunks} />
      <p>
        <a href={`${reportAddress(report.reportId)}/performance.csv`} download>Download processing times</a>
      </p>
    </>
  );
}
