import type { Bench } from "./bench.ts";
import { alternate, median, ratio } from "./measure.ts";
import { Service } from "./service.ts";

/** What a second worker gains. */
export const workers: Bench = {
  id: "B11",
  name: "one worker ÷ two workers",
  async run(context) {
    await using first = await context.fleet();
    await using second = await context.fleet();
    await using alone = await Service.startWarm(context, first.address, { env: { WORKERS: "1" } });
    await using both = await Service.startWarm(context, second.address, { env: { WORKERS: "2" } });
    const pairs = await alternate(context.options.runs, () => alone.report(), () => both.report());
    return {
      measures: [ratio("one ÷ two", pairs, { least: 1.4 })],
      detail: { "one worker ms": median(pairs.ours), "two workers ms": median(pairs.theirs) },
    };
  },
};
