import { DAY } from "../../src/domain/time/interval.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import type { Bench } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { alternate, median, ratio } from "./measure.ts";
import { Service } from "./service.ts";

const SPECIAL_DATES = 10;

/** What special dates and exclusions cost a report: ten dates of each store, up to as-of, and one exclusion. */
export const calendars: Bench = {
  id: "B16",
  name: `report of stores with ${SPECIAL_DATES} special dates and an exclusion each ÷ without`,
  async run(context) {
    await using dated = await context.fleet();
    await using plain = await context.fleet();
    await loadCalendars(dated);
    await using datedService = await Service.startWarm(context, dated.address);
    await using plainService = await Service.startWarm(context, plain.address);
    const pairs = await alternate(context.options.runs, () => datedService.report(), () => plainService.report());
    return {
      measures: [ratio("report", pairs, { most: 1.2 })],
      detail: { "report ms": median(pairs.ours), "report without ms": median(pairs.theirs) },
    };
  },
};

async function loadCalendars({ sql, address, asOf }: Fleet): Promise<void> {
  const rows = await sql<{ store_id: string }[]>`select store_id from stores order by store_id`;
  const ids = rows.map(({ store_id }) => store_id);
  const dates = Array.from({ length: SPECIAL_DATES }, (_, ago) => dateOf(asOf - ago * DAY));
  const [last = ""] = dates;
  const folder = await Deno.makeTempDir();
  try {
    await write(`${folder}/special_hours.csv`, "store_id,date,start_time_local,end_time_local", [
      ...ids.flatMap((id) => dates.map((date) => `${id},${date},09:00,21:00`)),
    ]);
    await write(`${folder}/exclusions.csv`, "store_id,from,to,kind,reason", [
      ...ids.map((id) => `${id},${last} 10:00,${last} 12:00,planned,kitchen`),
    ]);
    const { code, err } = await runTask("load", [folder], environmentOf(address));
    if (code !== 0) throw new Error(`The calendars could not be loaded: ${err}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function write(path: string, header: string, rows: readonly string[]): Promise<void> {
  await Deno.writeTextFile(path, [header, ...rows, ""].join("\n"));
}

function dateOf(instant: number): string {
  return new Date(instant / 1000).toISOString().slice(0, 10);
}
