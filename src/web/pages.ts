import { Hono } from "hono";
import type { Report } from "../db/reports/report.ts";
import { getReport } from "../db/reports/reports.ts";
import { UUID_PATTERN } from "../domain/uuid.ts";
import { keysForms } from "./access/keys_forms.ts";
import { needs } from "./access/needs.ts";
import { cancel, renew, tryAgain, update } from "./actions.ts";
import type { Assets } from "./kit/asset.ts";
import { dataPage } from "./data/data_page.tsx";
import { newReport } from "./form/new_report.tsx";
import type { WebDeps } from "./kit/deps.ts";
import { nowPage } from "./now/now_page.tsx";
import { exclusionsForms } from "./exclusions/exclusions_forms.ts";
import { exclusionsPage } from "./exclusions/exclusions_page.tsx";
import { howSurePage } from "./how_sure/how_sure_page.tsx";
import { overviewPage } from "./overview/overview_page.tsx";
import { ReportCache } from "./report/report_cache.ts";
import { reportPage } from "./report/report_page.tsx";
import { reportsPage } from "./reports_page.tsx";
import { sheetPage } from "./sheet/sheet_page.tsx";
import { smallForm } from "./kit/same_origin.tsx";
import { remove } from "./store/remove_store.tsx";
import { storeForms } from "./store/store_forms.tsx";
import { storePage } from "./store/store_page.tsx";
import { storesPage } from "./store/stores_page.tsx";
import { trendsPage } from "./trends/trends_page.tsx";

/**
 * The pages. If the client prefers JSON, or the page has nothing to show, the next handler answers.
 */
export function pages(deps: WebDeps, assets: () => Promise<Assets>): Hono {
  const cache = new ReportCache(deps);
  const app = new Hono();
  const form = smallForm(assets);
  const ask = needs("request");
  app.get("/", async (c, next) => {
    c.header("Vary", "Accept");
    return deps.wantsPage(c) ? await overviewPage(c, deps, { assets: await assets(), cache }) : await next();
  });
  app.get("/now", needs("read"), async (c) => await nowPage(c, deps, await assets()));
  app.get("/trends", needs("read"), async (c) => await trendsPage(c, deps, await assets()));
  app.get("/data", needs("read"), async () => await dataPage(deps, await assets()));
  app.get("/how-sure", needs("read"), async () => await howSurePage(deps, await assets()));
  app.get("/reports", async (c, next) => {
    c.header("Vary", "Accept");
    return deps.wantsPage(c) ? await reportsPage(c, deps, await assets()) : await next();
  });
  app.get("/stores", async (c, next) => {
    c.header("Vary", "Accept");
    return deps.wantsPage(c) ? await storesPage(c, deps, { assets: await assets(), cache }) : await next();
  });
  app.get("/exclusions", async (c, next) => {
    c.header("Vary", "Accept");
    return deps.wantsPage(c) ? await exclusionsPage(c, deps, { assets: await assets() }) : await next();
  });
  /** Undefined if the report has no rows (yet): its page says why. */
  const sheetOf = async (report: Report) => {
    const view = report.status === "Completed" ? await cache.get(report) : undefined;
    return view && await sheetPage(report, { assets: await assets(), view, zoneRules: deps.zoneRules });
  };
  app.get(`/reports/:id{${UUID_PATTERN}}`, needs("read"), async (c, next) => {
    c.header("Vary", "Accept");
    const report = deps.wantsPage(c) ? await getReport(deps.sql, c.req.param("id").toLowerCase()) : undefined;
    if (report === undefined) return await next();
    const sheet = c.req.query("print") === undefined ? undefined : await sheetOf(report);
    return sheet ?? await reportPage(c, deps, { assets: await assets(), cache, report });
  });
  app.get("/stores/:id", needs("read"), async (c, next) => {
    c.header("Vary", "Accept");
    if (!deps.wantsPage(c)) return await next();
    return await storePage(c, deps, { assets: await assets(), storeId: c.req.param("id") }) ?? await next();
  });
  app.post("/new-report", ask, form, async (c) => await newReport(c, deps, await assets()));
  app.post(`/reports/:id{${UUID_PATTERN}}/cancel`, ask, form, async (c) => await cancel(c, deps, c.req.param("id")));
  app.post(
    "/stores/:id/remove",
    needs("manage"),
    form,
    async (c, next) => await remove(c, deps, c.req.param("id")) ?? await next(),
  );
  app.post(`/reports/:id{${UUID_PATTERN}}/again`, ask, form, async (c) => await tryAgain(c, deps, c.req.param("id")));
  app.post(`/reports/:id{${UUID_PATTERN}}/renew`, ask, form, async (c) => await renew(c, deps, c.req.param("id")));
  app.post(`/reports/:id{${UUID_PATTERN}}/update`, ask, form, async (c) => await update(c, deps, c.req.param("id")));
  app.route("/", storeForms(deps, { assets, form })).route("/", exclusionsForms(deps, { assets, form }))
    .route("/", keysForms(deps, { assets, form }));
  app.get("/assets/:name", needs("nothing"), async (c) => sendAsset(c.req.path, await assets()));
  return app;
}

/** The address contains the hash of the content, so browsers may keep it for ever. */
function sendAsset(path: string, assets: Assets): Response {
  const asset = [...assets.values()].find((known) => known.path === path);
  if (asset === undefined) return new Response("There is no file with this name: reload the page\n", { status: 404 });
  const headers = { "Content-Type": asset.type, "Cache-Control": "public, max-age=31536000, immutable" };
  return new Response(asset.body, { headers });
}
