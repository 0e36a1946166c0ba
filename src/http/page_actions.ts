import { Hono } from "hono";
import { hasStores } from "../db/stores/fleet_facts.ts";
import { PROPOSED_REQUEST } from "../domain/report_request.ts";
import { askForReport } from "../actions/ask_for_report.ts";
import { loadSample } from "../actions/load_sample.ts";
import { changeContext as webContext } from "../web/kit/change_context.ts";
import { needs } from "../web/access/needs.ts";
import type { HttpDeps, HttpEnv } from "./deps.ts";
import { wantsPage } from "./kit/negotiate.ts";
import { Imported } from "./data/import_schemas.ts";

/** Forms that also work without JavaScript: loading a file and creating sample data. */
export function pageActions(deps: HttpDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post("/imports", async (c, next) => {
    await next();
    if (!wantsPage(c) || c.res.status !== 200) return;
    const imported = Imported.parse(await c.res.json());
    const first = Array.isArray(imported) ? imported[0] : imported;
    c.res = c.redirect(first === undefined ? "/data" : `/data#import-${first.import_id}`, 303);
  });
  app.post("/sample", needs("manage"), async (c) => {
    // Sample data must not mix with existing data.
    if (await hasStores(deps.sql)) return c.redirect("/", 303);
    const context = { ...deps, ...webContext(c, deps) };
    await loadSample(context);
    const reportId = await askForReport(context, PROPOSED_REQUEST);
    return c.redirect(`/reports/${reportId}`, 303);
  });
  return app;
}
