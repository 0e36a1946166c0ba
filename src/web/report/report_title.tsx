import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { csvAddress } from "../kit/links.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { Time } from "../kit/time.tsx";
import { CsvHint } from "../parts/csv_hint.tsx";
import { DownloadMenu } from "../parts/download_menu.tsx";
import { LowCoverage } from "../parts/low_coverage.tsx";
import { TryAgain } from "../parts/newer_data.tsx";

/** The head of a report's page: what it is, its files, or why there are none. */
export function ReportTitle({ report }: { report: Report }): JSX.Element {
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
      {status === "Completed" && <Files report={report} />}
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

function Files({ report }: { report: Report }): JSX.Element {
  return (
    <>
      <div class="files">
        <a class="button main" href={csvAddress(report)} download>Download CSV</a>
        <DownloadMenu report={report} />
        <span class="quiet">Method: {METHOD_WORDS[report.request.method].title}</span>
      </div>
      <CsvHint hasMenu />
    </>
  );
}
