import type { Context } from "hono";
import { askForReport } from "../actions/ask_for_report.ts";
import { cancelReport } from "../actions/cancel_report.ts";
import { getReport } from "../db/reports/reports.ts";
import { parseInstant } from "../domain/time/instant.ts";
import { pollLimits, whyTooLate } from "../domain/polls/poll_limits.ts";
import { windowFaults } from "../domain/time/window_list.ts";
import { METHOD_NAMES } from "../domain/method.ts";
import { type ReportRequest, withDefaults } from "../domain/report_request.ts";
import type { Assets } from "./kit/asset.ts";
import { changeContext } from "./kit/change_context.ts";
import type { WebDeps } from "./kit/deps.ts";
import { reportAddress } from "./kit/links.ts";
import { latestKnown } from "./kit/latest_known.ts";
import { MessagePage } from "./kit/message_page.tsx";
import { respond } from "./kit/respond.ts";

/** `POST /new-report`: the form of the overview. Leads to the report, which shows its progress. */
export async function newReport(c: Context, deps: WebDeps, assets: Assets): Promise<Response> {
  const form = await c.req.parseBody();
  const request = readForm(form);
  if (request === undefined) {
    return await refuse(
      deps,
      assets,
      "The time, the method or the decimal places are not valid. Go back and correct them.",
    );
  }
  const [fault] = windowFaults(request.windows);
  if (fault !== undefined) {
    const { window, reason } = fault;
    return await refuse(
      deps,
      assets,
      `${window === undefined ? "The list" : `“${window}”`} ${reason}. Go back and correct it.`,
    );
  }
  const tooLate = whyTooLate(request.asOf, pollLimits(Date.now() * 1000, deps.maxPollAhead));
  return tooLate === undefined
    ? await ask(c, deps, request)
    : await refuse(deps, assets, `The time ${tooLate}. Go back and choose an earlier one.`);
}

/** Says why there will be no report. */
async function refuse(deps: WebDeps, assets: Assets, why: string): Promise<Response> {
  return await respond(
    <MessagePage assets={assets} title="This report cannot be made" latest={await latestKnown(deps)}>
      <p class="lead">{why}</p>
    </MessagePage>,
    422,
  );
}

/** `POST /reports/{id}/again`: asks for the same report once more, as of now if it named no time. */
export async function tryAgain(c: Context, deps: WebDeps, reportId: string): Promise<Response> {
  const report = await getReport(deps.sql, reportId);
  // The page of a report that does not exist says so.
  return report === undefined ? c.redirect(reportAddress(reportId), 303) : await ask(c, deps, report.request);
}

/** `POST /reports/{id}/update`: asks for the same report up to the latest poll. */
export async function update(c: Context, deps: WebDeps, reportId: string): Promise<Response> {
  const report = await getReport(deps.sql, reportId);
  if (report === undefined) return c.redirect(reportAddress(reportId), 303);
  return await ask(c, deps, { ...report.request, asOf: undefined });
}

/** `POST /reports/{id}/renew`: asks for the same report up to the same time, with what is known now. */
export async function renew(c: Context, deps: WebDeps, reportId: string): Promise<Response> {
  const report = await getReport(deps.sql, reportId);
  if (report === undefined) return c.redirect(reportAddress(reportId), 303);
  return await ask(c, deps, { ...report.request, asOf: report.asOf ?? report.request.asOf });
}

async function ask(c: Context, { sql, queue, waitingReports }: WebDeps, request: ReportRequest): Promise<Response> {
  const reportId = await askForReport({ sql, queue, actor: "page" }, request, { mostWaiting: waitingReports });
  return c.redirect(reportAddress(reportId), 303);
}

function readForm(
  { method: name, precision: digits, as_of: time = "", windows = "", other_windows: others = "" }: Record<
    string,
    unknown
  >,
): ReportRequest | undefined {
  const method = METHOD_NAMES.find((known) => known === name);
  const precision = typeof digits === "string" && /^[0-6]$/.test(digits) ? Number(digits) : undefined;
  // A datetime-local has no zone: the form says that it means UTC.
  const asOf = typeof time === "string" && time !== "" ? parseInstant(`${time}Z`) : undefined;
  if (method === undefined || precision === undefined || (time !== "" && asOf === undefined)) return undefined;
  return withDefaults({ method, precision, asOf, windows: namesOf(others) ?? namesOf(windows) });
}

/** Names between commas; undefined if a field is empty. */
function namesOf(field: unknown): string[] | undefined {
  return typeof field === "string" && field.trim() !== "" ? field.split(",").map((name) => name.trim()) : undefined;
}

/** `POST /reports/{id}/cancel`: cancels it unless it is finished, and leads back to it. */
export async function cancel(c: Context, deps: WebDeps, reportId: string): Promise<Response> {
  await cancelReport(changeContext(c, deps), reportId);
  return c.redirect(reportAddress(reportId), 303);
}
