/** Makes the three pictures of the README from sample data: `deno task screenshots`. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { importFile } from "../../src/ingest/import_file.ts";
import { writeSample } from "../../src/sample/write_sample.ts";
import { openBrowser } from "./browser.ts";
import { openSite, type Site } from "../support/site.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { RULES } from "../support/rules.ts";

const FOLDER = fileURLToPath(new URL("./screenshots/", import.meta.url));
const SAMPLE = { stores: 3_000, days: 8, seed: 1, calendars: true };
/** The new hours come after the old ones, and polls last. */
const FILES = ["timezones", "stores", "menu_hours", "new_hours", "special_hours", "exclusions", "store_status"]
  .map((name) => `${name}.csv`);

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly colorScheme: "light" | "dark";
  readonly height: number;
}

await using site = await openSite();
await load(site);
await report(site, "?as_of=2023-01-24T18:00:00Z");
const reportId = await report(site);
await using browser = await openBrowser();
await Deno.mkdir(FOLDER, { recursive: true });
const shots: Shot[] = [
  { name: "overview", path: "/", colorScheme: "light", height: 860 },
  { name: "report", path: `/reports/${reportId}?max=99.5&min=20`, colorScheme: "light", height: 1_100 },
  { name: "store", path: `/stores/${await storeWithOutages(site)}`, colorScheme: "dark", height: 1_020 },
];
for (const shot of shots) await take(browser, site.url, shot);

async function load({ sql }: Site): Promise<void> {
  await using folder = await makeTempFolder();
  await writeSample(folder.path, SAMPLE);
  for (const source of FILES) {
    const { readable } = await Deno.open(`${folder.path}/${source}`);
    await importFile(sql, { zoneRules: RULES, source, body: readable });
  }
}

async function report({ url }: Site, query = ""): Promise<string> {
  const asked = await fetch(`${url}/trigger_report${query}`, { method: "POST" });
  const { report_id: id } = await asked.json();
  // Ends when the report does.
  await (await fetch(`${url}/reports/${id}/events`)).text();
  return String(id);
}

/** One with an hour or two down on several days, closed at night, and with a special date. */
async function storeWithOutages({ sql }: Site): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select store_id as id from stores
    where tags ->> 'brand' = 'Golden Wok' and 7 = (select count(distinct day) from business_hours h
      where h.store_key = stores.store_key and start_time >= '06:00' and end_time > start_time)
    order by abs((select count(*) from polls where polls.store_key = stores.store_key and not active) - 14), store_id
    limit 1`;
  return row?.id ?? "";
}

async function take(browser: Browser, url: string, { name, path, colorScheme, height }: Shot): Promise<void> {
  const context = await browser.newContext({ baseURL: url, colorScheme, viewport: { width: 1200, height } });
  const page = await context.newPage();
  await page.goto(path);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await context.close();
}
