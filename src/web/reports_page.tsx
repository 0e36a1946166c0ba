import type { Context } from "hono";
import { latestPoll } from "../db/polls/latest_poll.ts";
import { listReports, type ReportPosition } from "../db/reports/reports.ts";
import type { Assets } from "./kit/asset.ts";
import type { WebDeps } from "./kit/deps.ts";
import { Layout } from "./kit/layout.tsx";
import { ReportList } from "./parts/report_list.tsx";
import { HowSure } from "./parts/sureness.tsx";
import { respond } from "./kit/respond.ts";
import { UUID_PATTERN } from "../domain/uuid.ts";

const PAGE = 50;

/** `GET /reports` for browsers: all reports, latest first. */
export async function reportsPage(c: Context, { sql }: WebDeps, assets: Assets): Promise<Response> {
  const [found, latest] = await Promise.all([
    listReports(sql, PAGE + 1, positionOf(c.req.query("after"))),
    latestPoll(sql),
  ]);
  const reports = found.slice(0, PAGE);
  const last = found.length > PAGE ? reports.at(-1) : undefined;
  return await respond(
    <Layout assets={assets} title="Reports" here="reports" latest={{ at: latest }}>
      <h1>Reports</h1>
      {reports.length === 0
        ? (
          <p class="lead">
            There are no reports yet. <a href="/">Make the first one</a>.
          </p>
        )
        : (
          <>
            <p>
              <HowSure />
            </p>
            <ReportList reports={reports} />
          </>
        )}
      {last && (
        <p>
          <a href={`/reports?after=${last.requestedAt}_${last.reportId}`}>Older reports</a>
        </p>
      )}
    </Layout>,
  );
}

const POSITION = new RegExp(`^(\\d{1,16})_(${UUID_PATTERN})$`);

function positionOf(text: string | undefined): ReportPosition | undefined {
  const [, requestedAt, reportId] = POSITION.exec(text ?? "") ?? [];
  return requestedAt === undefined || reportId === undefined
    ? undefined
    : { requestedAt: Number(requestedAt), reportId };
}
