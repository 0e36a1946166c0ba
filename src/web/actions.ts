import type { Context } from "hono";
import { cancelReport } from "../actions/cancel_report.ts";
import { getReport } from "../db/reports/reports.ts";
import { ask } from "./form/new_report.tsx";
import { changeContext } from "./kit/change_context.ts";
import type { WebDeps } from "./kit/deps.ts";
import { reportAddress } from "./kit/links.ts";

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

/** `POST /reports/{id}/cancel`: cancels it unless it is finished, and leads back to it. */
export async function cancel(c: Context, deps: WebDeps, reportId: string): Promise<Response> {
  await cancelReport(changeContext(c, deps), reportId);
  return c.redirect(reportAddress(reportId), 303);
}
