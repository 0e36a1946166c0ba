import type { Bench } from "./bench.ts";
import { alternate, median, ratio, spread, timed } from "./measure.ts";
import { Service } from "./service.ts";

/** Whether many reports at once cost no more than one after the other, in time and in memory. */
export const manyReports: Bench = {
  id: "B9",
  name: "many reports at once ÷ the same one after the other",
  async run(context) {
    const { runs, crowd: reports } = context.options;
    await using crowd = await context.fleet();
    await using queue = await context.fleet();
    await using crowded = await Service.startWarm(context, crowd.address);
    await using orderly = await Service.startWarm(context, queue.address);
    const pairs = await alternate(runs, () => atOnce(crowded, reports), () => inTurn(orderly, reports));
    const memory = [await crowded.peakMemory(), await orderly.peakMemory()] as const;
    const memories = memory[0] / memory[1];
    return {
      measures: [
        ratio("time", pairs, { most: 1.1 }),
        { name: "peak memory", unit: "×", value: memories, ...spread([memories]), goal: { most: 2 } },
      ],
      detail: {
        reports,
        "at once ms": median(pairs.ours),
        "in turn ms": median(pairs.theirs),
        "at once MB": memory[0] / 1e6,
        "in turn MB": memory[1] / 1e6,
      },
    };
  },
};

/** One that fails makes the bench fail. */
function atOnce(service: Service, reports: number): Promise<number> {
  return timed(() => Promise.all(Array.from({ length: reports }, () => service.report())));
}

function inTurn(service: Service, reports: number): Promise<number> {
  return timed(async () => {
    for (let report = 0; report < reports; report++) await service.report();
  });
}
