import type { Context } from "hono";
import { askForReport } from "../../actions/ask_for_report.ts";
import type { Sql } from "../../db/connection/client.ts";
import { listTimezones } from "../../db/stores/fleet_facts.ts";
import { listTagChoices } from "../../db/tags/tags.ts";
import type { ReportRequest } from "../../domain/report_request.ts";
import type { Assets } from "../kit/asset.ts";
import { changeContext } from "../kit/change_context.ts";
import type { WebDeps } from "../kit/deps.ts";
import { latestKnown } from "../kit/latest_known.ts";
import { Layout } from "../kit/layout.tsx";
import { reportAddress } from "../kit/links.ts";
import { respond } from "../kit/respond.ts";
import { formValues, readForm } from "./read_form.ts";
import { ReportForm } from "./report_form.tsx";
import { type Offers, stateOf } from "./report_form_state.ts";

/** `POST /new-report`: the form of the overview. Leads to the report, or shows the form again with what is wrong in it. */
export async function newReport(c: Context, deps: WebDeps, assets: Assets): Promise<Response> {
  const values = formValues(await c.req.parseBody({ all: true }));
  const read = readForm(values, deps);
  if ("request" in read) return await ask(c, deps, read.request);
  return await respond(
    <Layout assets={assets} title="New report" latest={await latestKnown(deps)}>
      <h1 class="unseen">New report</h1>
      <ReportForm offers={await offersOf(deps.sql)} state={stateOf(values, read.faults)} />
    </Layout>,
    422,
  );
}

/** What the form can offer. */
export async function offersOf(sql: Sql): Promise<Offers> {
  const [tags, zones] = await Promise.all([listTagChoices(sql), listTimezones(sql)]);
  return { tags, zones };
}

/** Asks for a report and leads to it; the page of the report shows its progress. */
export async function ask(c: Context, deps: WebDeps, request: ReportRequest): Promise<Response> {
  const { queue, waitingReports: mostWaiting } = deps;
  const reportId = await askForReport({ ...changeContext(c, deps), queue }, request, { mostWaiting });
  return c.redirect(reportAddress(reportId), 303);
}
