import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { reportAddress } from "../kit/links.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { count, counted } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

/** The reports in progress. With JavaScript, their progress is live. */
export function RunningReports({ reports, total }: { reports: readonly Report[]; total: number }): JSX.Element {
  return (
    <section class="running" aria-labelledby="running">
      <h2 id="running">In progress</h2>
      {reports.map((report) => <RunningReport report={report} />)}
      {total > reports.length && <p class="quiet">{counted(total - reports.length, "more report")} in queue.</p>}
    </section>
  );
}

/** A report in the queue or in progress. */
export function RunningReport({ report }: { report: Report }): JSX.Element {
  const { reportId, storesDone, storesTotal, request: { method }, requestedAt } = report;
  const label = `report-${reportId}`;
  return (
    <div class="progress" data-report={reportAddress(reportId)} data-events={`${reportAddress(reportId)}/events`}>
      <p id={label}>
        <a href={reportAddress(reportId)}>{METHOD_WORDS[method].title}</a>
        <span class="quiet">
          , requested <Time at={requestedAt} />
        </span>
      </p>
      <progress aria-labelledby={label} max={storesTotal ?? 1} value={storesDone}></progress>
      <p class="said" role="status">{progressWords(report)}</p>
      <p class="late" role="alert" data-late hidden>
        The service does not answer, so this is out of date. The page tries again every few seconds.
      </p>
      <form method="post" action={`${reportAddress(reportId)}/cancel`}>
        <button type="submit" class="plain">Cancel</button>
      </form>
    </div>
  );
}

export function progressWords({ status, storesDone, storesTotal }: Report): string {
  if (status === "Started" || storesTotal === undefined) return "In queue";
  return `${count(storesDone)} of ${counted(storesTotal, "store")}`;
}
