import type { ZoneRules } from "../domain/time/zone_rules.ts";
import { lookAfter } from "../ingest/look_after.ts";
import type { ImportResult } from "../ingest/import_file.ts";
import { writeSample } from "../sample/write_sample.ts";
import type { Log } from "../log.ts";
import type { ActionContext } from "./context.ts";
import { loadFile } from "./load_file.ts";

const SAMPLE = { stores: 500, days: 8, seed: 1, calendars: true };
/** Polls load last, so that their stores have all the rest. The new hours come after the old ones, which have no beginning. */
const FILES = [
  "timezones.csv",
  "stores.csv",
  "menu_hours.csv",
  "new_hours.csv",
  "special_hours.csv",
  "exclusions.csv",
  "store_status.csv",
];

interface SampleContext extends ActionContext {
  readonly zoneRules: ZoneRules;
  readonly log: Log;
  readonly maxPollAhead?: string | undefined;
  /** Where its files lie meanwhile, since the service may write nowhere else. */
  readonly reportsFolder?: string;
}

/** Makes the data of a small sample and loads them. */
export async function loadSample(context: SampleContext): Promise<void> {
  const { sql, zoneRules, maxPollAhead, reportsFolder: dir, log } = context;
  const folder = await Deno.makeTempDir({ prefix: "storewatch-sample-", ...dir === undefined ? {} : { dir } });
  try {
    await writeSample(folder, SAMPLE);
    const loaded: ImportResult[] = [];
    for (const name of FILES) {
      const { readable } = await Deno.open(`${folder}/${name}`);
      loaded.push(await loadFile(context, { source: `sample ${name}`, body: readable, zoneRules, maxPollAhead }));
    }
    await lookAfter(sql, loaded, (error) => log("error", "stores not checked after a load", { error }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
