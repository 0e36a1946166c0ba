import type { Sql } from "../../src/db/connection/client.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import type { Bench, Outcome } from "./bench.ts";
import type { BenchContext, Fleet } from "./context.ts";
import { databaseTime } from "./database_time.ts";
import { median, ratio, spread, timed } from "./measure.ts";
import { createPlainPolls } from "./plain_polls.ts";
import type { BenchDatabase } from "./server.ts";
import { countStored, storedBytes } from "./stored_polls.ts";

/**
 * How near loading the file comes to what Postgres needs for the polls alone, as rows: no text, no twins, keys known. Then the same
 * file once more, of which nothing is new.
 */
export const load: Bench = {
  id: "B5",
  name: "load of the polls file",
  async run(context) {
    const file = `${await context.sample(context.options)}/store_status.csv`;
    const binary = `${context.exchange}/polls.bin`;
    await using fleet = await context.fleet();
    await writeTyped(context, fleet, file, binary);
    await createPlainPolls(fleet.sql);
    const loads: LoadedTwice[] = [];
    const copies: number[] = [];
    for (let run = 0; run < context.options.runs; run++) {
      loads.push(await loadTwice(context, file));
      copies.push(await timeCopy(context, fleet.sql, binary));
    }
    return outcome(loads, copies, await countStored(fleet.sql));
  },
};

function outcome(loads: readonly LoadedTwice[], copies: readonly number[], polls: number): Outcome {
  const [firstMs, againMs] = [loads.map(({ first }) => first.ms), loads.map(({ again }) => again.ms)];
  const databaseMs = loads.map(({ first }) => first.databaseMs);
  const databaseMsAgain = loads.map(({ again }) => again.databaseMs);
  const sizes = loads.map(({ bytes }) => bytes / polls);
  return {
    measures: [
      ratio("whole command ÷ server-side COPY of the same polls as rows", { ours: firstMs, theirs: copies }, {
        most: 0.5,
      }),
      ratio("same file again, its statements ÷ the first command", { ours: databaseMsAgain, theirs: firstMs }, {
        most: 0.1,
      }),
      { name: "a stored poll", unit: "bytes", value: median(sizes), ...spread(sizes), goal: { most: 9 } },
    ],
    detail: {
      "load ms, the process and its vacuum included": median(firstMs),
      "its statements ms": median(databaseMs),
      "COPY ms": median(copies),
      "same file again ms": median(againMs),
      "its statements again ms": median(databaseMsAgain),
      "same file again ÷ first, whole commands": median(againMs) / median(firstMs),
      polls,
      "polls/s loaded": polls / median(firstMs) * 1000,
    },
  };
}

/** How long a load took. */
interface Loaded {
  /** The whole command. */
  readonly ms: number;
  /** The statements of the command. */
  readonly databaseMs: number;
}

interface LoadedTwice {
  readonly first: Loaded;
  /** The size of stored polls after the first load. */
  readonly bytes: number;
  readonly again: Loaded;
}

async function loadTwice({ server }: BenchContext, file: string): Promise<LoadedTwice> {
  await using database = await server.openEmpty();
  await server.flush();
  const first = await loadFile(database, file);
  const bytes = await storedBytes(database.sql);
  await server.flush();
  return { first, bytes, again: await loadFile(database, file) };
}

async function loadFile({ sql, address }: BenchDatabase, file: string): Promise<Loaded> {
  const before = await databaseTime(sql);
  const ms = await timed(async () => {
    const { code, err } = await runTask("load", ["polls", file], environmentOf(address));
    if (code !== 0) throw new Error(`The file could not be loaded: ${err}`);
  });
  return { ms, databaseMs: await databaseTime(sql) - before };
}

async function timeCopy({ server }: BenchContext, sql: Sql, binary: string): Promise<number> {
  await sql`truncate plain_polls`;
  await server.flush();
  return await timed(() => sql.unsafe(`copy plain_polls from '${binary}' (format binary)`));
}

/** Lets the server write the polls of a file as they are stored, but as rows, in the order of the file. */
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
