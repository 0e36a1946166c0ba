import { fileURLToPath } from "node:url";
import type { BenchContext, Size } from "./context.ts";
import { extra } from "./duckdb.ts";
import { median } from "./measure.ts";
import { Service } from "./service.ts";

const FOLDER = fileURLToPath(new URL("./plots/", import.meta.url));

/** How the time of a report grows with something. */
export interface Plot {
  readonly name: string;
  readonly title: string;
  readonly xLabel: string;
  readonly points: readonly { readonly x: number; readonly ms: readonly number[] }[];
}

/** Measures how cost grows with stores, days, history and workers. */
export async function measurePlots(context: BenchContext): Promise<Plot[]> {
  const { stores, days } = context.options;
  const some = Math.ceil(stores / 5);
  return [
    {
      name: "stores",
      title: `Time of a report of ${days} days`,
      xLabel: "stores",
      points: await pointsOf(
        [1 / 8, 1 / 4, 1 / 2, 1].map((share) => Math.ceil(stores * share)),
        (count) => reportTimes(context, { stores: count, days }),
      ),
    },
    {
      name: "days",
      title: `Time of a report of ${stores.toLocaleString("en")} stores`,
      xLabel: "days of polls, all of them in the week that is reported on",
      points: await pointsOf(sharesOf(days), (count) => reportTimes(context, { stores, days: count })),
    },
    {
      name: "history",
      title: `Time of a report of ${some.toLocaleString("en")} stores`,
      xLabel: "days of polls, most of them before the week that is reported on",
      points: await pointsOf(
        [1, 2, 4, 8].map((times) => times * days),
        (count) => reportTimes(context, { stores: some, days: count }),
      ),
    },
    {
      name: "workers",
      title: `Time of a report of ${stores.toLocaleString("en")} stores on ${navigator.hardwareConcurrency} cores`,
      xLabel: "workers",
      points: await pointsOf([1, 2, 3, 4], (count) => reportTimes(context, { stores, days }, count)),
    },
  ];
}

function sharesOf(days: number): number[] {
  return [...new Set([1, 2, 4, 6, 8].filter((count) => count < days)), days];
}

async function pointsOf(xs: readonly number[], measure: (x: number) => Promise<number[]>): Promise<Plot["points"]> {
  const points = [];
  for (const x of xs) points.push({ x, ms: await measure(x) });
  return points;
}

async function reportTimes(context: BenchContext, size: Size, workers?: number): Promise<number[]> {
  context.options.tell(`plot: ${size.stores} stores, ${size.days} days, ${workers ?? "all"} workers`);
  await using fleet = await context.fleet(size);
  const env: Record<string, string> = workers === undefined ? {} : { WORKERS: String(workers) };
  await using service = await Service.startWarm(context, fleet.address, { env });
  const times: number[] = [];
  for (let run = 0; run < context.options.runs; run++) times.push(await service.report());
  return times;
}

/** Writes each as an SVG. @returns their paths */
export async function drawPlots(plots: readonly Plot[], footnote: string): Promise<string[]> {
  const paths: string[] = [];
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const plot of plots) {
    const path = `${FOLDER}${plot.name}.svg`;
    await Deno.writeTextFile(path, await draw(plot, footnote));
    paths.push(path);
  }
  return paths;
}

async function draw({ points, ...plot }: Plot, footnote: string): Promise<string> {
  const marks = points.map(({ x, ms }) => ({ x, ms: median(ms), low: Math.min(...ms), high: Math.max(...ms) }));
  const child = extra("plot.ts", []).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(JSON.stringify({ ...plot, footnote, points: marks })));
  await input.close();
  const { stdout, success } = await child.output();
  if (!success) throw new Error(`The plot ${plot.name} could not be drawn`);
  return new TextDecoder().decode(stdout);
}
