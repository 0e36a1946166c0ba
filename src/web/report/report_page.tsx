import type { Context } from "hono";
import { calendarsChangedAfter } from "../../db/calendars/calendar_changes.ts";
import { latestPoll } from "../../db/polls/latest_poll.ts";
import { ChangedCalendars, UpdateReport } from "../parts/newer_data.tsx";
import type { Report } from "../../db/reports/report.ts";
import type { Assets } from "../kit/asset.ts";
import type { WebDeps } from "../kit/deps.ts";
import { Layout } from "../kit/layout.tsx";
import { RunningReport } from "../parts/running_reports.tsx";
import { respond } from "../kit/respond.ts";
import { STATUS_WORDS } from "../parts/report_list.tsx";
import { localTime } from "../kit/time.tsx";
import type { ReportCache } from "./report_cache.ts";
import { completedReport } from "./completed_report.tsx";
import { ReportTitle } from "./report_title.tsx";
import { ReportSettings } from "./report_settings.tsx";

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
      <ReportTitle report={report} />
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
        await completedReport(report, { sql: deps.sql, cache, given: new URL(c.req.url).searchParams })}
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
