import type { Bench } from "./bench.ts";
import { alternate, median, ratio, spread } from "./measure.ts";
import { Service } from "./service.ts";

const TIMES = 10;

/**
 * Whether time grows no faster than the number of stores, and memory hardly at all. Without `--large` from a tenth of the
 * stores to all of them, with it from all of them to ten times as many.
 */
export const stores: Bench = {
  id: "B6",
  name: "ten times the stores ÷ once",
  async run(context) {
    const { stores, days, large, runs } = context.options;
    const few = large ? stores : Math.ceil(stores / TIMES);
    const many = large ? stores * TIMES : stores;
    await using small = await context.fleet({ stores: few, days });
    await using big = await context.fleet({ stores: many, days });
    await using smallService = await Service.startWarm(context, small.address);
    await using bigService = await Service.startWarm(context, big.address);
    const pairs = await alternate(runs, () => bigService.report(), () => smallService.report());
    const memory = [await bigService.peakMemory(), await smallService.peakMemory()] as const;
    const memories = memory[0] / memory[1];
    return {
      measures: [
        ratio("time", pairs, { most: 11 }),
        { name: "peak memory", unit: "×", value: memories, ...spread([memories]), goal: { most: 1.5 } },
      ],
      detail: {
        "stores": many,
        "ms": median(pairs.ours),
        "MB": memory[0] / 1e6,
        "stores of the small one": few,
        "ms of the small one": median(pairs.theirs),
        "MB of the small one": memory[1] / 1e6,
      },
    };
  },
};
