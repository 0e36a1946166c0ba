import { Hono } from "hono";
import { hasStores } from "../db/stores/fleet_facts.ts";
import { DEFAULT_REQUEST } from "../domain/report_request.ts";
import { importFile, type ImportResult } from "../ingest/import_file.ts";
import { lookAfter } from "../ingest/look_after.ts";
import { requestReport } from "../report/request_report.ts";
import { writeSample } from "../sample/write_sample.ts";
import type { HttpDeps, HttpEnv } from "./deps.ts";
import { wantsPage } from "./kit/negotiate.ts";
import { Imported } from "./data/import_schemas.ts";

const SAMPLE = { stores: 500, days: 8, seed: 1 };
/** What others build on comes first. */
const SAMPLE_FILES = ["timezones.csv", "menu_hours.csv", "store_status.csv"];

/** What pages ask for with a form, and a browser without script can do, too: loading a file, and making sample data. */
export function pageActions(deps: HttpDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.post("/imports", async (c, next) => {
    await next();
    if (!wantsPage(c) || c.res.status !== 200) return;
    const imported = Imported.parse(await c.res.json());
    const first = Array.isArray(imported) ? imported[0] : imported;
    c.res = c.redirect(first === undefined ? "/data" : `/data#import-${first.import_id}`, 303);
  });
  app.post("/sample", async (c) => {
    // It would mix with what is there.
    if (await hasStores(deps.sql)) return c.redirect("/", 303);
    await loadSample(deps);
    const reportId = await requestReport(deps.sql, deps.queue, DEFAULT_REQUEST);
    return c.redirect(`/reports/${reportId}`, 303);
  });
  return app;
}

async function loadSample({ sql, rules, maxPollAhead }: HttpDeps): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "storewatch-sample-" });
  try {
    await writeSample(folder, SAMPLE);
    const loaded: ImportResult[] = [];
    for (const name of SAMPLE_FILES) {
      const { readable } = await Deno.open(`${folder}/${name}`);
      loaded.push(await importFile(sql, { source: `sample ${name}`, body: readable, rules, maxPollAhead }));
    }
    await lookAfter(sql, loaded);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
