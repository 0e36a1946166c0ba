import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { decimalOfSum } from "../../domain/decimal.ts";
import { silentRows } from "../../domain/measures/ranking.ts";
import { METHODS } from "../../domain/method.ts";
import { HOUR } from "../../domain/time/interval.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { theWindow } from "../../domain/time/window_words.ts";
import type { TotalRow } from "../../export/totals.ts";
import { grouped } from "../fleet/judged.tsx";
import { counted } from "../kit/numbers.ts";
import { sureWords } from "../kit/sure_words.ts";
import type { ReportView } from "../report/report_cache.ts";

const MOST_STORES = 8;
const MOST_WARNINGS = 4;

interface UnseenProps {
  readonly report: Report;
  readonly view: ReportView;
}

/** What the numbers do not know. */
export function SheetUnseen({ report, view }: UnseenProps): JSX.Element {
  const window = mainWindow(report.request.windows);
  const all = view.totals().find((total) => total.group === undefined && total.window === window);
  return (
    <section>
      <h2>What was not observed</h2>
      {all && <Unobserved report={report} total={all} />}
      <Silent view={view} />
      {report.warnings.slice(0, MOST_WARNINGS).map(({ message }) => <p>{message}.</p>)}
      {report.warnings.length > MOST_WARNINGS && (
        <p>{counted(report.warnings.length - MOST_WARNINGS, "more warning")} on the page of the report.</p>
      )}
    </section>
  );
}

function Unobserved({ report, total: { sums, window } }: { report: Report; total: TotalRow }): JSX.Element {
  const { scheduled = 0n, observed = 0n, excluded = 0n } = sums;
  const { precision, method } = report.request;
  const number = (length: bigint) => grouped(decimalOfSum(length, HOUR, precision));
  const kind = METHODS[method].closed === "uptime" ? "time" : "business hours";
  return (
    <>
      <p>
        Of the {kind} of {theWindow(window)}, <b>{sureWords(sums).observed ?? "nothing"}</b> was observed.{" "}
        {number(scheduled - observed)} of {number(scheduled)} hours were not.
      </p>
      {excluded > 0n && (
        <p>{number(excluded)} hours were excluded, as planned closures or for other reasons, and do not count.</p>
      )}
    </>
  );
}

function Silent({ view: { result, labels } }: { view: ReportView }): JSX.Element {
  const rows = silentRows(result);
  if (rows.length === 0) return <p>Every store that was open had a poll within a day.</p>;
  const names = rows.slice(0, MOST_STORES).map((row) => labels?.of(row).name ?? result.storeIds[row]);
  const more = rows.length - names.length;
  return (
    <p>
      {counted(rows.length, "store")} without data: {names.join(", ")}
      {more > 0 && ` and ${counted(more, "other")}`}. {rows.length === 1 ? "It is" : "They are"}{" "}
      not among the stores that lost the most hours.
    </p>
  );
}
