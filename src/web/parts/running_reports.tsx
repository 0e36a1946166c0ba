import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { reportAddress } from "../kit/links.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { count, counted } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";

/** What is being made, with live progress where there is script. */
export function RunningReports({ reports, total }: { reports: readonly Report[]; total: number }): JSX.Element {
  return (
    <section class="running" aria-labelledby="running">
      <h2 id="running">In progress</h2>
      {reports.map((report) => <RunningReport report={report} />)}
      {total > reports.length && <p class="quiet">{counted(total - reports.length, "more report")} in queue.</p>}
    </section>
  );
}

/** One report that waits or is being made. */
export function RunningReport({ report }: { report: Report }): JSX.Element {
  const { reportId, storesDone, storesTotal, request: { method }, requestedAt } = report;
  const label = `report-${reportId}`;
  return (
    <div class="progress" data-report={reportAddress(reportId)} data-events={`${reportAddress(reportId)}/events`}>
      <p id={label}>
        <a href={reportAddress(reportId)}>{METHOD_WORDS[method].title}</a>
        <span class="quiet">
          , asked for <Time at={requestedAt} />
        </span>
      </p>
      <progress aria-labelledby={label} max={storesTotal ?? 1} value={storesDone}></progress>
      <p class="said" role="status">{progressWords(report)}</p>
      <p class="late" role="alert" data-late hidden>
        This is out of date: the service does not answer. The page tries again every few seconds.
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
