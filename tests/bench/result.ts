import { type Bench, isMet, type Measure, type Outcome } from "./bench.ts";
import type { BenchOptions } from "./context.ts";
import type { Machine } from "./machine.ts";
import type { Plot } from "./plots.ts";

/** All that a run of benches found, and what it has to be known to judge it. */
export interface Result {
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly postgres: string;
  readonly size: Pick<BenchOptions, "stores" | "days" | "runs">;
  readonly benches: readonly (Pick<Bench, "id" | "name"> & Outcome)[];
  readonly plots: readonly Plot[];
}

export function resultJson(result: Result): string {
  return JSON.stringify(
    {
      ...result,
      benches: result.benches.map(({ measures, ...bench }) => ({
        ...bench,
        measures: measures.map((measure) => ({ ...measure, met: isMet(measure) })),
      })),
    },
    null,
    2,
  );
}

/** Tables in Markdown, ready for docs/performance.md. */
export function resultTable({ date, command, machine, postgres, size, benches }: Result): string {
  const { cpu, cores, memoryGb, os, deno } = machine;
  return [
    `${size.stores.toLocaleString("en")} stores, ${size.days} days; ${size.runs} runs; ${date}; \`${command}\``,
    `${cores} cores of ${cpu}, ${memoryGb} GB, ${os}; Deno ${deno}, Postgres ${postgres}`,
    "",
    "| # | measure | median | min–max | goal | met |",
    "| --- | --- | ---: | ---: | ---: | --- |",
    ...benches.flatMap(({ id, name, measures }) => measures.map((measure) => measureRow(id, name, measure))),
    "",
    "| # | in absolute numbers |",
    "| --- | --- |",
    ...benches.map(({ id, detail }) =>
      `| ${id} | ${Object.entries(detail).map(([name, value]) => `${name}: ${shown(value)}`).join("; ")} |`
    ),
  ].join("\n");
}

function measureRow(id: string, bench: string, measure: Measure): string {
  const { name, unit, value, low, high, goal } = measure;
  const wanted = "most" in goal ? `≤ ${shown(goal.most)}` : `≥ ${shown(goal.least)}`;
  const what = `${bench}: ${name}`;
  const met = isMet(measure) ? "yes" : "no";
  return `| ${id} | ${what} | ${shown(value)} ${unit} | ${shown(low)}–${shown(high)} | ${wanted} | ${met} |`;
}

/** Three digits are all that such a number is good for; of large ones, all before the point. */
function shown(value: number | string): string {
  if (typeof value === "string") return value;
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}
