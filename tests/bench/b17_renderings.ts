import { fileURLToPath } from "node:url";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { DAY, HOUR } from "../../src/domain/time/interval.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";
import { RENDERERS } from "../../src/export/renderers.ts";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { resultBatch, resultFrame } from "../../src/report/result/result_file.ts";
import { measuresWith } from "../support/row.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import type { Bench } from "./bench.ts";
import { median, spread } from "./measure.ts";

/** As B6: ten times the stores of a report. */
const TIMES = 10;
const MOST_BYTES = 300e6;

const SCRIPT = fileURLToPath(new URL("./render.ts", import.meta.url));

/** What one process found that rendered a report. */
interface Rendered {
  readonly ms: number;
  readonly peakMemory: number;
  readonly bytes: number;
}

/** How much memory a process takes that renders a large report, in each format. */
export const renderings: Bench = {
  id: "B17",
  name: "renderings of a large report: peak memory of the process",
  async run({ options: { runs, stores } }) {
    await using temp = await makeTempFolder();
    const reportId = crypto.randomUUID();
    await writeResult(reportPaths(temp.path, reportId).result, stores * TIMES);
    const measures = [];
    const detail: Record<string, number> = { stores: stores * TIMES, windows: CLASSIC_WINDOWS.length };
    for (const format of Object.keys(RENDERERS)) {
      const found: Rendered[] = [];
      for (let run = 0; run < runs; run++) found.push(await render([temp.path, reportId, format]));
      const memory = found.map(({ peakMemory }) => peakMemory);
      measures.push({
        name: format,
        unit: "bytes" as const,
        value: median(memory),
        ...spread(memory),
        goal: { most: MOST_BYTES },
      });
      detail[`${format}: ms`] = median(found.map(({ ms }) => ms));
      detail[`${format}: MB`] = median(found.map(({ bytes }) => bytes)) / 1e6;
    }
    return { measures, detail };
  },
};

async function render(args: readonly string[]): Promise<Rendered> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--allow-all", SCRIPT, ...args],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

const CHUNK = 500;

/** Writes the result of a report whose stores have names, tags, targets and sales. */
async function writeResult(path: string, stores: number): Promise<void> {
  const { head, end } = resultFrame(CLASSIC_WINDOWS);
  await Deno.writeFile(path, head);
  for (let first = 0; first < stores; first += CHUNK) {
    const chunk = new ResultColumns(CLASSIC_WINDOWS, CHUNK);
    for (let number = first; number < Math.min(first + CHUNK, stores); number++) addStore(chunk, number);
    await Deno.writeFile(path, resultBatch(chunk), { append: true });
  }
  await Deno.writeFile(path, end, { append: true });
}

function addStore(chunk: ResultColumns, number: number): void {
  const measures = [HOUR, DAY, 7 * DAY].map((length) => {
    const down = number * 999_983 % length;
    const observed = number * 7_654_321 % length;
    return measuresWith({
      up: length - down,
      down,
      observed,
      up_low: length - down,
      up_high: length,
      outages: number % 9,
    });
  });
  chunk.add(String(10n ** 18n + BigInt(number) * 7_919n), measures, {
    name: `Store number ${number}, Main Street`,
    timezone: number % 3 === 0 ? "America/Chicago" : "America/New_York",
    tags: JSON.stringify({
      brand: `Brand ${number % 40}`,
      region: `Region ${number % 12}`,
      size: String(number % 500),
    }),
    target_percent: "99.5",
    sales_per_hour: `${number % 2000}.50`,
    warnings: number % 10 === 0 ? "hours_missing" : "",
  });
}
