import type { Sql } from "../../src/db/connection/client.ts";
import { HOUR, type Micros, MINUTE } from "../../src/domain/time/interval.ts";
import type { Bench } from "./bench.ts";
import { alternate, median, ratio, timed } from "./measure.ts";
import { Service } from "./service.ts";

/**
 * How near a report comes to what Postgres needs to hand out the rows that it reads: those of the week, and of the half
 * hour before it. The one older poll a store that the report reads besides is left out, to our disadvantage.
 */
export const copy: Bench = {
  id: "B1",
  name: "report over HTTP ÷ binary COPY of the same rows, sorted, to the null device",
  async run(context) {
    await using fleet = await context.fleet();
    await using service = await Service.startWarm(context, fleet.address);
    const pairs = await alternate(
      context.options.runs,
      () => service.report(),
      () => timed(() => copyWeek(fleet.sql, fleet.asOf)),
    );
    const [size] = await fleet.sql<{ polls: number }[]>`select count(*) as polls from polls`;
    return {
      measures: [ratio("report ÷ COPY", pairs, { most: 1.1 })],
      detail: {
        "report ms": median(pairs.ours),
        "COPY ms": median(pairs.theirs),
        "COPY of all polls ms": await timed(() => copyAll(fleet.sql)),
        "rows copied": await copyWeek(fleet.sql, fleet.asOf),
        polls: size?.polls ?? NaN,
      },
    };
  },
};

async function copyWeek(sql: Sql, asOf: Micros): Promise<number> {
  const from = asOf - 168 * HOUR - 30 * MINUTE;
  return await copyWhere(sql, `where at >= instant(${from}) and at <= instant(${asOf})`);
}

async function copyAll(sql: Sql): Promise<number> {
  return await copyWhere(sql, "");
}

/** @returns how many rows were copied */
async function copyWhere(sql: Sql, condition: string): Promise<number> {
  const { count } = await sql.unsafe(`
    copy (select store_key, at, active from polls ${condition} order by store_key, at)
    to '/dev/null' (format binary)`);
  return count;
}
