import { setTimeout as delay } from "node:timers/promises";
import type { Bench } from "./bench.ts";
import { steadily } from "./load_generator.ts";
import { median, quantile, spread } from "./measure.ts";
import { Service } from "./service.ts";

const PER_SECOND = 200;

/** Whether the service answers at once while it makes reports: each request asks for the one that is being made. */
export const answers: Bench = {
  id: "B8",
  name: `get_report while reports are made, ${PER_SECOND} requests a second`,
  async run(context) {
    const { runs, seconds } = context.options;
    await using fleet = await context.fleet();
    await using service = await Service.startWarm(context, fleet.address);
    const times: number[][] = [];
    let reports = 0;
    for (let run = 0; run < runs; run++) {
      const { answered, made } = await askWhileReportsAreMade(service, seconds);
      times.push(answered);
      reports += made;
    }
    const p99 = times.map((each) => quantile(each, 0.99));
    const longest = times.map((each) => Math.max(...each));
    return {
      measures: [
        { name: "p99", unit: "ms", value: median(p99), ...spread(p99), goal: { most: 20 } },
        { name: "longest", unit: "ms", value: Math.max(...longest), ...spread(longest), goal: { most: 100 } },
      ],
      detail: { "median ms": median(times.flat()), requests: times.flat().length, "reports made meanwhile": reports },
    };
  },
};

async function askWhileReportsAreMade(service: Service, seconds: number) {
  let reportId = await service.trigger();
  let made = 0;
  const over = new AbortController();
  const makeReports = async () => {
    for (; !over.signal.aborted; made++) {
      await service.complete(reportId);
      reportId = await service.trigger();
    }
    await service.complete(reportId);
  };
  const making = makeReports();
  const answered = await steadily(
    { perSecond: PER_SECOND, seconds },
    () => service.get(`/get_report/${reportId}?format=json`),
  );
  over.abort();
  await making;
  // What the last report leaves behind must not fall into the next run.
  await delay(100);
  return { answered, made };
}
