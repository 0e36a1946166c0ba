import { environmentOf, runTask } from "../support/run_task.ts";
import type { Bench, Measure } from "./bench.ts";
import type { Fleet } from "./context.ts";
import { median, spread, timed } from "./measure.ts";
import { Service } from "./service.ts";

const REQUESTS = 300;
const PATH = "/stores?limit=1";

/** What a key costs a request: the same request to an open service, with a key, and with a key that sees each fifth store. */
export const keys: Bench = {
  id: "B19",
  name: "a request with a key",
  async run(context) {
    await using fleet = await context.fleet();
    await fleet.sql`update stores set tags = '{"region": "West"}' where store_key % 5 = 0`;
    await using service = await Service.startWarm(context, fleet.address);
    const { runs } = context.options;
    const open = await ask(service, {}, runs);
    const key = await ask(service, await keyHeader(fleet, ["all"]), runs);
    const some = await ask(service, await keyHeader(fleet, ["west", "--where", "region:West"]), runs);
    const share = (name: string, times: readonly number[]): Measure => {
      const found = times.map((time) => time / median(open));
      return { name, unit: "×", value: median(found), ...spread(found), goal: { most: 3 } };
    };
    return {
      measures: [share("with a key ÷ without", key), share("with a key for some stores ÷ without", some)],
      detail: {
        "without ms": median(open),
        "with a key ms": median(key),
        "with a key for some stores ms": median(some),
      },
    };
  },
};

/** Once there is a key, the service asks for one within a second. */
async function keyHeader({ address }: Fleet, args: readonly string[]): Promise<Record<string, string>> {
  const { code, out, err } = await runTask("key", ["add", ...args, "--scope", "read"], environmentOf(address));
  const [key] = /sw_\w+/.exec(out) ?? [];
  if (code !== 0 || key === undefined) throw new Error(`The key could not be made: ${err}`);
  return { Authorization: `Bearer ${key}` };
}

/** @returns the median of each run, in milliseconds, after a run that warms up */
async function ask({ url }: Service, headers: Record<string, string>, runs: number): Promise<number[]> {
  const medians: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const times: number[] = [];
    for (let request = 0; request < REQUESTS; request++) {
      times.push(
        await timed(async () => {
          const answer = await fetch(`${url}${PATH}`, { headers: { Accept: "application/json", ...headers } });
          await answer.text();
          if (!answer.ok) throw new Error(`${PATH} was answered with ${answer.status}`);
        }),
      );
    }
    medians.push(median(times));
  }
  return medians.slice(1);
}
