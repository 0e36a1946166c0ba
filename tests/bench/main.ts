// `deno task bench`: measures the goals of docs/performance.md, each as a ratio taken in one run.
import { Command } from "commander";
import { wholeNumber } from "../../src/command/options.ts";
import type { Bench } from "./bench.ts";
import { BENCHES } from "./benches.ts";
import { choose, withCommit } from "./choose.ts";
import { BenchContext } from "./context.ts";
import { describeMachine } from "./machine.ts";
import { BEFORE_ALL_MEASURES } from "./other_version.ts";
import { drawPlots, measurePlots } from "./plots.ts";
import { type Result, resultJson, resultTable } from "./result.ts";

interface Options {
  readonly stores: number;
  readonly days: number;
  readonly runs: number;
  readonly seconds: number;
  readonly crowd: number;
  readonly against?: string;
  readonly large?: true;
  readonly plots?: true;
  readonly json?: true;
}

/** A JSON body may have this many: 16 MiB, less the brackets around its pieces. */
const BODY_BYTES = 16 * 1024 * 1024 - 2;

const tell = (line: string) => console.error(line);

/** `deno task` hands a `--` on. */
const args = Deno.args[0] === "--" ? Deno.args.slice(1) : Deno.args;

const INTERRUPTED = 130;
let isStopped = false;

await new Command("deno task bench")
  .description("Measures how fast Storewatch is, beside what other programs need for the same on the same machine.")
  .argument("[benches...]", `which ones, ${BENCHES.at(0)?.id} to ${BENCHES.at(-1)?.id}; all if none is named`)
  .option("--stores <number>", "how many stores the sample has", wholeNumber(1, 1_000_000), 14_092)
  .option("--days <number>", "how many days of polls the sample has", wholeNumber(1, 3_660), 8)
  .option("--runs <number>", "how often each side is measured", wholeNumber(1, 1_000), 5)
  .option("--seconds <number>", "how long B8, B10 and B14 send requests in each run", wholeNumber(1, 600), 5)
  .option("--crowd <number>", "how many reports B9 asks for at once", wholeNumber(1, 1_000), 20)
  .option(
    "--against <commit>",
    "the commit that B14 compares with; if not given, the last before reports found all measures",
  )
  .option("--large", "B6 with ten times as many stores: 10 GB of disk, and minutes")
  .option("--plots", "draws how cost grows, as SVG in tests/bench/plots")
  .option("--json", "prints one JSON instead of tables")
  .action(bench)
  .parseAsync(args, { from: "user" })
  .catch((error) => {
    // What is being measured fails when its database goes.
    if (isStopped) return;
    console.error(error instanceof RangeError ? error.message : error);
    Deno.exit(1);
  });

async function bench(names: string[], options: Options): Promise<void> {
  const { large = false, plots = false, against = BEFORE_ALL_MEASURES } = options;
  const isOptional = names.length === 0 && options.against === undefined;
  const chosen = await withCommit(choose(names, plots), { commit: against, isOptional, tell });
  const context = await BenchContext.open({ ...options, bodyBytes: BODY_BYTES, large, against, tell });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      isStopped = true;
      void context[Symbol.asyncDispose]().finally(() => Deno.exit(INTERRUPTED));
    });
  }
  await using _ = context;
  const result = await measure(context, chosen, plots);
  if (plots) {
    const { cores, cpu, deno } = result.machine;
    const footnote = `${cores} cores of ${cpu}; Deno ${deno}; ${result.date.slice(0, 10)}; ${result.command}`;
    for (const path of await drawPlots(result.plots, footnote)) tell(`drawn: ${path}`);
  }
  console.log(options.json ? resultJson(result) : resultTable(result));
}

async function measure(context: BenchContext, benches: readonly Bench[], plots: boolean): Promise<Result> {
  const { stores, days, runs } = context.options;
  const outcomes = [];
  for (const { id, name, run } of benches) {
    tell(`${id}: ${name}`);
    outcomes.push({ id, name, ...await run(context) });
  }
  return {
    date: new Date().toISOString(),
    command: ["deno task bench", ...args].join(" "),
    machine: await describeMachine(),
    postgres: await context.server.version(),
    size: { stores, days, runs },
    benches: outcomes,
    plots: plots ? await measurePlots(context) : [],
  };
}
