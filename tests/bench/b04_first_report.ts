import type { Bench } from "./bench.ts";
import { median, ratio } from "./measure.ts";
import { Service } from "./service.ts";

/** How much slower a report is that finds nothing prepared. */
export const firstReport: Bench = {
  id: "B4",
  name: "first report of a process ÷ a warm one",
  async run(context) {
    await using fleet = await context.fleet();
    const pairs = { ours: new Array<number>(), theirs: new Array<number>() };
    for (let run = 0; run < context.options.runs; run++) {
      await using service = await Service.start(context, fleet.address);
      pairs.ours.push(await service.report());
      for (let report = 0; report < REPORTS_BETWEEN; report++) await service.report();
      pairs.theirs.push(await service.report());
    }
    return {
      measures: [ratio("first ÷ warm", pairs, { most: 2 })],
      detail: { "first ms": median(pairs.ours), "warm ms": median(pairs.theirs) },
    };
  },
};

const REPORTS_BETWEEN = 3;
