import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { hasClassicWindows } from "../../domain/time/window_list.ts";
import { reportAddress } from "../kit/links.ts";

/** Every file of a report, folded. */
export function DownloadMenu({ report }: { report: Report }): JSX.Element {
  const path = reportAddress(report.reportId);
  const file = (name: string, label: string, says: string) => (
    <li>
      <a href={`${path}/${name}`} download>{label}</a> <small>{says}</small>
    </li>
  );
  return (
    <details class="menu">
      <summary class="button">More formats</summary>
      <ul>
        <li>
          <a href={`${path}?print`}>Sheet to print or send</a> <small>one or two pages, also as PDF</small>
        </li>
        {file("report.xlsx", "Excel", "totals and a sheet for each window")}
        {hasClassicWindows(report.request.windows) && file("report.csv", "Classic CSV", "hour, day and week")}
        {file("rows.csv", "All rows, CSV", "all measures, names and tags")}
        {file("rows.parquet", "All rows, Parquet", "exact, for analysts")}
        {file("rows.ndjson", "All rows, NDJSON", "exact, for programs")}
        {file("totals.csv", "Totals, CSV", "of all stores and of groups")}
        {file("totals.ndjson", "Totals, NDJSON", "exact, for programs")}
      </ul>
    </details>
  );
}
