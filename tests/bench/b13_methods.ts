import { METHOD_NAMES } from "../../src/domain/method.ts";
import type { Bench } from "./bench.ts";
import { median, type Pairs, ratio } from "./measure.ts";
import { Service } from "./service.ts";

/** Reports of each method in a run: one alone is short enough to be disturbed by anything. */
const REPORTS = 5;
const GOAL = { most: 1.2 };

/** Whether a report costs the same by every method. */
export const methods: Bench = {
  id: "B13",
  name: "report by another method ÷ by step",
  async run(context) {
    await using fleet = await context.fleet();
    await using service = await Service.startWarm(context, fleet.address);
    await reportByEach(service);
    const runs: number[][] = [];
    for (let run = 0; run < context.options.runs; run++) runs.push(await typicalTimes(service));
    const times = METHOD_NAMES.map((name, index) => ({ name, ms: runs.map((run) => run[index] ?? NaN) }));
    const byTime = times.toSorted((a, b) => median(a.ms) - median(b.ms));
    const step = times.find(({ name }) => name === "step")?.ms ?? [];
    const against = (ours: readonly number[], theirs: readonly number[]): Pairs => ({ ours, theirs });
    return {
      measures: [
        ...times.filter(({ name }) => name !== "step").map(({ name, ms }) => ratio(name, against(ms, step), GOAL)),
        ratio("slowest ÷ fastest", against(byTime.at(-1)?.ms ?? [], byTime.at(0)?.ms ?? []), GOAL),
      ],
      detail: Object.fromEntries(times.map(({ name, ms }) => [`${name} ms`, median(ms)])),
    };
  },
};

/** Makes some reports by each method, in turns. @returns each method's median, in the order of their names */
async function typicalTimes(service: Service): Promise<number[]> {
  const rounds: number[][] = [];
  for (let round = 0; round < REPORTS; round++) rounds.push(await reportByEach(service));
  return METHOD_NAMES.map((_, index) => median(rounds.map((round) => round[index] ?? NaN)));
}

async function reportByEach(service: Service): Promise<number[]> {
  const times: number[] = [];
  for (const name of METHOD_NAMES) times.push(await service.report(`?method=${name}`));
  return times;
}
