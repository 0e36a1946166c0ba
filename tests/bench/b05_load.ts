import type { Sql } from "../../src/db/connection/client.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import type { Bench } from "./bench.ts";
import type { BenchContext, Fleet } from "./context.ts";
import { alternate, median, ratio, timed } from "./measure.ts";

/** How near loading the file comes to what Postgres needs for the polls alone: no text, no twins, keys known. */
export const load: Bench = {
  id: "B5",
  name: "load of the polls file ÷ server-side COPY of the same polls, already typed",
  async run(context) {
    const file = `${await context.sample(context.options)}/store_status.csv`;
    const binary = `${context.exchange}/polls.bin`;
    await using fleet = await context.fleet();
    await writeTyped(context, fleet, file, binary);
    await createCopy(fleet.sql);
    const pairs = await alternate(
      context.options.runs,
      () => timeLoad(context, file),
      () => timeCopy(context, fleet.sql, binary),
    );
    const [count] = await fleet.sql<{ polls: number }[]>`select count(*) as polls from polls_copy`;
    const polls = count?.polls ?? NaN;
    return {
      measures: [ratio("load ÷ COPY", pairs, { most: 2.5 })],
      detail: {
        "load ms, the process and its vacuum included": median(pairs.ours),
        "COPY ms": median(pairs.theirs),
        polls,
        "polls/s loaded": polls / median(pairs.ours) * 1000,
      },
    };
  },
};

async function timeLoad(context: BenchContext, file: string): Promise<number> {
  await using database = await context.server.openEmpty();
  await context.server.flush();
  return await timed(async () => {
    const { code, err } = await runTask("load", ["polls", file], environmentOf(database.address));
    if (code !== 0) throw new Error(`The file could not be loaded: ${err}`);
  });
}

async function timeCopy({ server }: BenchContext, sql: Sql, binary: string): Promise<number> {
  await sql`truncate polls_copy`;
  await server.flush();
  return await timed(() => sql.unsafe(`copy polls_copy from '${binary}' (format binary)`));
}

/** Lets the server write the polls of a file as they are in `polls`, in the order of the file. */
async function writeTyped({ exchange }: BenchContext, { sql }: Fleet, file: string, binary: string): Promise<void> {
  const readable = `${exchange}/store_status.csv`;
  await Deno.copyFile(file, readable);
  await sql`create table lines (number bigint generated always as identity, store_id text, status text, at text)`;
  await sql.unsafe(`copy lines (store_id, status, at) from '${readable}' (format csv, header)`);
  await sql.unsafe(`
    copy (
      select store_key, at, active from (
        select distinct on (store_key, at::timestamptz)
          number, store_key, at::timestamptz as at, lower(status) = 'active' as active
        from lines join stores using (store_id)
        order by store_key, at::timestamptz, lower(status) = 'active', number
      ) polled order by number
    ) to '${binary}' (format binary)`);
  await sql`drop table lines`;
}

/** An empty copy of `polls`, with its key and its partitions. */
async function createCopy(sql: Sql): Promise<void> {
  const [table] = await sql<{ key: string | null }[]>`select pg_get_partkeydef('polls'::regclass) as key`;
  const partitioned = table?.key ? `partition by ${table.key}` : "";
  await sql.unsafe(`create table polls_copy (like polls including all) ${partitioned}`);
  const parts = await sql<{ name: string; bound: string }[]>`
    select relname || '_copy' as name, pg_get_expr(relpartbound, oid) as bound
    from pg_class where relispartition and oid in (select inhrelid from pg_inherits where inhparent = 'polls'::regclass)`;
  for (const { name, bound } of parts) {
    await sql.unsafe(`create table ${name} partition of polls_copy ${bound}`);
  }
}
