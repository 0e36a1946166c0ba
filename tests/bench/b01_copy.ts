import type { Sql } from "../../src/db/connection/client.ts";
import { HOUR, type Micros, MINUTE } from "../../src/domain/time/interval.ts";
import type { Bench } from "./bench.ts";
import { alternate, median, ratio, timed } from "./measure.ts";
import { providePlainPolls } from "./plain_polls.ts";
import { Service } from "./service.ts";

/**
 * How near a report comes to what plain Postgres needs to hand out the polls that it is about: those of the week, and of the half
 * hour before it. The older polls that the report reads besides are left out, to our disadvantage.
 */
export const copy: Bench = {
  id: "B1",
  name: "report over HTTP ÷ binary COPY of the same polls as rows, sorted, to the null device",
  async run(context) {
    await using fleet = await context.fleet();
    await providePlainPolls(fleet.sql);
    await using service = await Service.startWarm(context, fleet.address);
    const pairs = await alternate(
      context.options.runs,
      () => service.report(),
      () => timed(() => copyWeek(fleet.sql, fleet.asOf)),
    );
    return {
      measures: [ratio("report ÷ COPY", pairs, { most: 1.1 })],
      detail: {
        "report ms": median(pairs.ours),
        "COPY ms": median(pairs.theirs),
        "COPY of all polls ms": await timed(() => copyAll(fleet.sql)),
        "rows copied": await copyWeek(fleet.sql, fleet.asOf),
        polls: await copyAll(fleet.sql),
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
    copy (select store_key, at, active from plain_polls ${condition} order by store_key, at)
    to '/dev/null' (format binary)`);
  return count;
}
