import type { JSX } from "hono/jsx/jsx-runtime";
import type { Report } from "../../db/reports/report.ts";
import { isNamedByCalendar } from "../../domain/time/parse_window.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { windowLabel } from "../../domain/time/window_words.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import { targetWords } from "../fleet/judged.tsx";
import { columnsOf } from "../groups/group_table.tsx";
import { addressOf, type Assets } from "../kit/asset.ts";
import { reportAddress } from "../kit/links.ts";
import { METHOD_WORDS } from "../kit/method_words.ts";
import { counted } from "../kit/numbers.ts";
import { respond } from "../kit/respond.ts";
import { Time, utcTime } from "../kit/time.tsx";
import { Fact } from "../parts/fact.tsx";
import type { ReportView } from "../report/report_cache.ts";
import { keyWords, tagWords } from "../tags/asked_tags.ts";
import { SheetMethod } from "./sheet_method.tsx";
import { SheetGroups, SheetWindows } from "./sheet_totals.tsx";
import { SheetUnseen } from "./sheet_unseen.tsx";
import { SheetWorst } from "./sheet_worst.tsx";
import { windowTime } from "./window_times.ts";

interface SheetParts {
  readonly assets: Assets;
  readonly view: ReportView;
  readonly zoneRules: ZoneRules;
}

/** `GET /reports/{id}?print`: a report on one or two sheets of paper, for people who do not open the pages. */
export async function sheetPage(report: Report, { assets, view, zoneRules }: SheetParts): Promise<Response> {
  const totals = view.totals();
  const columns = columnsOf(report, totals);
  return await respond(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{titleOf(report)} · Storewatch</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <link rel="icon" href={addressOf(assets, "icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={addressOf(assets, "sheet.css")} />
        <script type="module" src={addressOf(assets, "sheet.js")}></script>
      </head>
      <body>
        <nav aria-label="Sheet">
          <a href={reportAddress(report.reportId)}>Back to the report</a>
          <button type="button" data-print hidden>Print, or save as PDF</button>
        </nav>
        <main>
          <Head report={report} view={view} zoneRules={zoneRules} />
          <SheetWindows report={report} totals={totals} columns={columns} />
          <SheetGroups report={report} totals={totals} columns={columns} />
          <SheetWorst report={report} view={view} />
          <SheetUnseen report={report} view={view} />
          <SheetMethod report={report} />
          <Foot report={report} />
        </main>
      </body>
    </html>,
  );
}

/** `Uptime by region, last week` */
function titleOf({ request: { groupBy, windows } }: Report): string {
  const by = groupBy.length === 0 ? "" : ` by ${groupBy.map(keyWords).join(" and ")}`;
  return `Uptime${by}, ${windowLabel(mainWindow(windows)).toLowerCase()}`;
}

interface HeadProps extends Omit<SheetParts, "assets"> {
  readonly report: Report;
}

function Head({ report, view, zoneRules }: HeadProps): JSX.Element {
  const { request, asOf = 0 } = report;
  const { where, targetPercent, method, calendar } = request;
  const main = view.rows.windows.find(({ name }) => name === mainWindow(request.windows));
  return (
    <header>
      <p class="brand">Storewatch</p>
      <h1>{titleOf(report)}</h1>
      <dl>
        <Fact name="Stores">
          {counted(view.result.storeIds.length, "store")}
          {where !== undefined && ` with ${tagWords(where)}`}
        </Fact>
        <Fact name="As of">
          <Time at={asOf} style="full" />
        </Fact>
        {main && (
          <Fact name={windowLabel(main.name)}>{windowTime(main, { result: view.result, zoneRules, calendar })}</Fact>
        )}
        {request.windows.some(isNamedByCalendar) && (
          <Fact name="Days begin">
            at 00:00 {calendar === undefined ? "on each store's own clock" : `in ${calendar}`}
          </Fact>
        )}
        <Fact name="Method">{METHOD_WORDS[method].title}</Fact>
        {targetPercent !== undefined && (
          <Fact name="Target">{targetWords(targetPercent)}; a store's own target wins</Fact>
        )}
      </dl>
    </header>
  );
}

function Foot({ report }: { report: Report }): JSX.Element {
  const { reportId, finishedAt, asOf = 0 } = report;
  return (
    <footer>
      Report {reportId}, up to {utcTime(asOf)}
      {finishedAt !== undefined && `, made ${utcTime(finishedAt).slice(0, 16)} UTC`}.
    </footer>
  );
}
