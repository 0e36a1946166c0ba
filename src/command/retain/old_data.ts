import type { Sql } from "../../db/connection/client.ts";
import { deleteReports } from "../../actions/delete_reports.ts";
import { removeLaterPolls, removeOldPolls } from "../../actions/remove_polls.ts";
import { countPollsAfter } from "../../db/polls/later_polls.ts";
import { countPollsBefore } from "../../db/polls/partitions.ts";
import { listReportsBefore } from "../../db/reports/reports.ts";
import { bytes, counted } from "../../domain/counted.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import type { Removal } from "./confirm.ts";

/** The polls of months that end before an instant. A month that contains the instant is kept whole. */
export async function oldPolls(sql: Sql, before: Micros): Promise<Removal> {
  const months = await countPollsBefore(sql, before);
  return {
    lines: months.map(({ month, polls }) => `month ${month}: ${counted(polls, "poll")}`),
    carryOut: async () =>
      `${counted(await removeOldPolls({ sql, actor: "command" }, before), "month")} of polls removed`,
  };
}

/** The polls after an instant, to the microsecond. */
export async function laterPolls(sql: Sql, after: Micros): Promise<Removal> {
  const months = await countPollsAfter(sql, after);
  const total = months.reduce((sum, { polls }) => sum + polls, 0);
  return {
    lines: months.map(({ month, polls }) => `month ${month}: ${counted(polls, "poll")} after ${formatInstant(after)}`),
    async carryOut() {
      await removeLaterPolls({ sql, actor: "command" }, after);
      return `${counted(total, "poll")} removed`;
    },
  };
}

/** Finished reports that were requested before an instant, with their files. */
export async function oldReports(sql: Sql, folder: string, before: Micros): Promise<Removal> {
  const reports = await listReportsBefore(sql, before);
  const total = reports.reduce((sum, report) => sum + report.bytes, 0);
  return {
    lines: reports.length === 0 ? [] : [`${counted(reports.length, "report")}: ${bytes(total)} of CSV`],
    async carryOut() {
      const context = { sql, actor: "command", reportsFolder: folder } as const;
      await deleteReports(context, reports.map(({ reportId }) => reportId));
      return `${counted(reports.length, "report")} removed, with their files`;
    },
  };
}
