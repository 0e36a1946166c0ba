import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { totalOf } from "../../domain/measures/totals.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { windowLabel } from "../../domain/time/window_words.ts";
import { csvAddress, reportAddress } from "../kit/links.ts";
import { count, milliseconds, percent } from "../kit/numbers.ts";
import { Time } from "../kit/time.tsx";
import { Sureness } from "./sureness.tsx";

/** The statuses of a report, in words for pages. */
export const STATUS_WORDS: Record<Report["status"], string> = {
  Started: "In queue",
  Running: "In progress",
  Completed: "Complete",
  Failed: "Failed",
  Cancelled: "Cancelled",
};

/** So many characters distinguish the ids of a list. */
const SHORT_ID = 8;

/** Reports, latest first. */
export function ReportList({ reports }: { reports: readonly Report[] }): JSX.Element {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label="Reports">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Requested</th>
            <th scope="col">As of</th>
            <th scope="col">Status</th>
            <th scope="col">Method</th>
            <th scope="col" class="numeric">Stores</th>
            <th scope="col" class="numeric">Week's uptime</th>
            <th scope="col" class="numeric">Duration</th>
            <th scope="col">File</th>
          </tr>
        </thead>
        <tbody>{reports.map((report) => <Row report={report} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ report }: { report: Report }): JSX.Element {
  const { reportId, status, request: { method }, rows, totals, requestedAt, reason } = report;
  const asOf = report.asOf ?? report.request.asOf;
  const window = mainWindow(report.request.windows);
  const measured = totals && totalOf(totals, window);
  return (
    <tr>
      <th scope="row">
        <a href={reportAddress(reportId)}>
          <Time at={requestedAt} style="exact" />
        </a>{" "}
        <code class="quiet">{reportId.slice(0, SHORT_ID)}</code>
      </th>
      <td>{asOf === undefined ? "Latest poll" : <Time at={asOf} style="full" />}</td>
      <td>
        <span class={`state ${status.toLowerCase()}`} title={reason}>{STATUS_WORDS[status]}</span>
      </td>
      <td>
        <code>{method}</code>
      </td>
      <td class="numeric">{rows === undefined ? "–" : count(rows)}</td>
      <td class="numeric">
        {window !== "last_week" && <small class="quiet">{`${windowLabel(window)} `}</small>}
        {percent(measured)}
        <Sureness measures={measured} />
      </td>
      <td class="numeric quiet">{tookWords(report)}</td>
      <td>{status === "Completed" ? <a href={csvAddress(report)} download>CSV</a> : "–"}</td>
    </tr>
  );
}

/** How long the work on a report took. */
export function tookWords({ startedAt, finishedAt }: Report): string {
  if (startedAt === undefined || finishedAt === undefined) return "–";
  return milliseconds((finishedAt - startedAt) / 1000);
}
