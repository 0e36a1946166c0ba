import type { JSX } from "hono/jsx/jsx-runtime";
import type { Sql } from "../../db/connection/client.ts";
import { type ChunkRecord, listChunks, listErrors } from "../../db/reports/chunks.ts";
import type { Report } from "../../db/reports/report.ts";
import { knownOf, listTimezones } from "../../db/stores/fleet_facts.ts";
import { listTagChoices } from "../../db/tags/tags.ts";
import { findEarlierReport } from "../../report/earlier_report.ts";
import { FleetNumbers } from "../fleet/fleet_numbers.tsx";
import { judgedOf } from "../fleet/judged.tsx";
import { readGroupQuery } from "../groups/group_query.ts";
import { GroupTable } from "../groups/group_table.tsx";
import { reportAddress } from "../kit/links.ts";
import { counted } from "../kit/numbers.ts";
import { HowSure } from "../parts/sureness.tsx";
import { UnseenHour } from "../parts/unseen_hour.tsx";
import { Warnings } from "../parts/warnings.tsx";
import { tagWords } from "../tags/asked_tags.ts";
import { ChunkGantt } from "../timing/chunk_gantt.tsx";
import type { ReportCache, ReportView } from "./report_cache.ts";
import { ReportErrors } from "./report_errors.tsx";
import { reportRows } from "./report_rows.tsx";
import { RowFilters } from "./row_filters.tsx";
import { readRowQuery } from "./row_query.ts";

interface CompletedParts {
  readonly sql: Sql;
  readonly cache: ReportCache;
  /** The query of the page's address. */
  readonly given: URLSearchParams;
}

/** What a completed report says. */
export async function completedReport(report: Report, { sql, cache, given }: CompletedParts): Promise<JSX.Element> {
  const { reportId, totals } = report;
  const [view, earlier, chunks, errors] = await Promise.all([
    cache.get(report),
    findEarlierReport(sql, report),
    listChunks(sql, reportId),
    listErrors(sql, reportId, MOST_ERRORS),
  ]);
  const named = [...report.warnings.flatMap(({ stores }) => stores), ...errors.map(({ storeId }) => storeId)];
  const known = await knownOf(sql, named);
  const judged = view && judgedOf(view.totals(), report.request.precision);
  return (
    <>
      <Warnings warnings={report.warnings} known={known} />
      {totals && <UnseenHour totals={totals} />}
      {totals && <FleetNumbers totals={totals} earlier={earlier} of={storesOf(report)} judged={judged} />}
      {view === undefined
        ? <p class="trouble" role="alert">The report's file is gone. Make a new report.</p>
        : await Stores({ report, sql, view, given })}
      {errors.length > 0 && (
        <ReportErrors errors={errors} total={Math.max(errors.length, withoutRow(report))} known={known} />
      )}
      {chunks.length > 0 && <Timing report={report} chunks={chunks} />}
    </>
  );
}

interface StoresProps {
  readonly report: Report;
  readonly sql: Sql;
  readonly view: ReportView;
  readonly given: URLSearchParams;
}

/** The totals of groups, and the rows. */
async function Stores({ report, sql, view, given }: StoresProps): Promise<JSX.Element> {
  const { request: { windows }, reportId } = report;
  const query = readRowQuery(given, windows);
  return (
    <>
      <GroupTable report={report} totals={view.totals()} query={readGroupQuery(given, windows)} />
      <section aria-labelledby="rows">
        <h2 id="rows">Stores</h2>
        <p class="note">
          Beside each uptime stand its bounds and the share of time that was observed. <HowSure />
        </p>
        <RowFilters
          action={reportAddress(reportId)}
          query={query}
          zones={view.labels?.timezones ?? await listTimezones(sql)}
          tags={view.labels?.choices ?? await listTagChoices(sql)}
        />
        {await reportRows(report, { sql, view, query })}
      </section>
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
