import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { isNamedByCalendar } from "../../domain/time/parse_window.ts";
import { windowWords } from "../../domain/time/window_words.ts";
import { axisWords, METHOD_WORDS, observedWords } from "../kit/method_words.ts";
import { targetWords } from "../fleet/judged.tsx";
import { bytes, count } from "../kit/numbers.ts";
import { Fact } from "../parts/fact.tsx";
import { tookWords } from "../parts/report_list.tsx";
import { keyWords, tagWords } from "../tags/asked_tags.ts";
import { Time, utcTime } from "../kit/time.tsx";
import { DependsOn } from "../verify/depends_on.tsx";

/** The settings of a report, and the facts of its files. */
export function ReportSettings({ report }: { report: Report }): JSX.Element {
  const { reportId, request, requestedAt, finishedAt, rows, sha256 } = report;
  const { method, precision, windows, calendar, compare, where, groupBy, targetPercent } = request;
  const asOf = report.asOf ?? report.request.asOf;
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      <dl class="facts">
        <Fact name="As of">{asOf === undefined ? "the latest poll" : utcTime(asOf)}</Fact>
        {where !== undefined && <Fact name="Stores">with {tagWords(where)}</Fact>}
        <Fact name="Method">
          {METHOD_WORDS[method].title} (<code>{method}</code>). {METHOD_WORDS[method].says}
        </Fact>
        <Fact name="Observed">{observedWords(report.request)}</Fact>
        {axisWords(report.request).map(([name, words]) => <Fact name={name}>{words}</Fact>)}
        {report.tzdata !== undefined && <Fact name="Time zone rules">{report.tzdata}</Fact>}
        <Fact name="Windows">
          {windows.map(windowWords).join(", ")}
          {compare !== undefined && ", each compared with the time before it"}
        </Fact>
        {windows.some(isNamedByCalendar) && (
          <Fact name="Days begin">
            at 00:00 {calendar === undefined ? "on each store's own clock" : `in ${calendar}`}
          </Fact>
        )}
        {groupBy.length > 0 && <Fact name="Totals by">{groupBy.map(keyWords).join(", ")}</Fact>}
        {targetPercent !== undefined && (
          <Fact name="Target">{targetWords(targetPercent)}, for stores without a target of their own</Fact>
        )}
        <Fact name="Decimal places">
          {precision}. Windows of an hour or less are in minutes, the others in hours.
        </Fact>
        <Fact name="Requested">
          <Time at={requestedAt} style="exact" />
        </Fact>
        {finishedAt && <Fact name="Duration">{tookWords(report)}</Fact>}
        {rows !== undefined && <Fact name="Rows">{count(rows)}, {bytes(report.bytes ?? 0)}</Fact>}
        {sha256 && (
          <Fact name="SHA-256">
            <code class="long">{sha256}</code>
          </Fact>
        )}
        <Fact name="Report">
          <code class="long">{reportId}</code>
        </Fact>
      </dl>
      <DependsOn report={report} />
    </section>
  );
}
