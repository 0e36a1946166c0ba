import assert from "node:assert/strict";
import { importFile } from "../../src/ingest/import_file.ts";
import { writeSample } from "../../src/sample/write_sample.ts";
import { RULES } from "../support/rules.ts";
import type { Site } from "../support/site.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const CALENDARS = ["stores.csv", "new_hours.csv", "special_hours.csv", "exclusions.csv"];

/** Loads invented stores with eight days of polls; with names, tags and calendars, if they are wanted. */
export async function loadSample({ sql }: Site, stores: number, { calendars = false } = {}): Promise<void> {
  await using folder = await makeTempFolder();
  await writeSample(folder.path, { stores, days: 8, seed: 3, calendars });
  for (const source of ["timezones.csv", "menu_hours.csv", ...calendars ? CALENDARS : [], "store_status.csv"]) {
    const { readable } = await Deno.open(`${folder.path}/${source}`);
    await importFile(sql, { zoneRules: RULES, source, body: readable });
  }
}

/** Makes a report over HTTP. @returns its id */
export async function makeReport({ url }: Site, query = ""): Promise<string> {
  const asked = await fetch(`${url}/trigger_report${query}`, { method: "POST" });
  const { report_id: reportId } = await asked.json();
  const events = await fetch(`${url}/reports/${reportId}/events`);
  assert.match(await events.text(), /event: completed/);
  return String(reportId);
}
