import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { close, connect, type DatabaseAddress, type Sql } from "../../src/db/connection/client.ts";
import { findPollFaults } from "../../src/db/polls/check_days.ts";
import { openEmbeddedPostgres } from "../../src/postgres_embedded/embedded.ts";
import { environmentOf, type RunningTask, startTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { until } from "../support/until.ts";

/** A few each time. After a change of how polls are written: `KILLS=60 deno test … db/kills_test.ts`. */
const KILLS = Number(Deno.env.get("KILLS") ?? 6);
const STORES = 40;
const POLLS_OF_FILE = 200_000;
const START = Date.UTC(2023, 0, 1);

/** What was acknowledged: these polls have to be there whatever was killed. */
interface Acknowledged {
  /** Live polls, as `store instant status`. */
  readonly live: Set<string>;
  /** The names of files that were loaded. */
  readonly files: Set<string>;
}

/** Sends batches of live polls, one after the other, until it is stopped. */
async function feed(
  urlOf: () => string,
  acknowledged: Acknowledged,
  signal: AbortSignal,
): Promise<void> {
  for (let batch = 0; !signal.aborted; batch++) {
    const polls = Array.from({ length: STORES }, (_, store) => ({
      store_id: `live${store}`,
      status: (store + batch) % 5 === 0 ? "inactive" : "active",
      // A third of the batches come late: between polls that are there.
      timestamp_utc: new Date(
        START + (batch % 3 === 2 ? batch * 60_000 - 90_000 : batch * 60_000),
      ).toISOString(),
    }));
    try {
      const answer = await fetch(`${urlOf()}/polls`, {
        method: "POST",
        body: JSON.stringify(polls),
        headers: JSON_BODY,
      });
      await answer.body?.cancel();
      if (answer.status !== 200) continue;
    } catch {
      await delay(20);
      continue;
    }
    for (const { store_id, timestamp_utc, status } of polls) {
      acknowledged.live.add(
        `${store_id} ${Date.parse(timestamp_utc) * 1000} ${status}`,
      );
    }
  }
}

const JSON_BODY = { "content-type": "application/json" };

/** Writes a file of stores of its own. */
async function writeFile(folder: string, name: string): Promise<string> {
  const rows = Array.from({ length: POLLS_OF_FILE }, (_, index) => {
    const at = new Date(START + index * 1_000).toISOString().replace("T", " ")
      .replace("Z", " UTC");
    return `${name}-${index % 100},active,${at}`;
  });
  const path = `${folder}/${name}.csv`;
  await Deno.writeTextFile(
    path,
    ["store_id,status,timestamp_utc", ...rows, ""].join("\n"),
  );
  return path;
}

/** Ends a backend at random without any chance to tidy up: Postgres then recovers from its log. */
async function killBackend(sql: Sql): Promise<void> {
  const [victim] = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid() order by random() limit 1`
    .catch(() => []);
  if (victim !== undefined) Deno.kill(victim.pid, "SIGKILL");
}

async function startService(
  address: DatabaseAddress,
  folder: string,
): Promise<{ task: RunningTask; url: string }> {
  const task = startTask("start", [], {
    ...environmentOf(address),
    REPORTS_DIR: folder,
    PORT: "0",
    WORKERS: "1",
  });
  const [, url = ""] = await task.says(/"listening","url":"([^"]+)"/);
  return { task, url };
}

Deno.test("whatever is killed during loads and feeds, acknowledged polls are there, and files whole or not at all", async () => {
  await using folder = await makeTempFolder();
  const postgres = await openEmbeddedPostgres(`${folder.path}/data`);
  const { host, port, user, database } = postgres;
  const address = { host, port, user, database };
  const sql = connect(address, { max: 2, name: "storewatch tests" });
  const acknowledged: Acknowledged = { live: new Set(), files: new Set() };
  let service = await startService(address, folder.path);
  const stop = new AbortController();
  const feeding = feed(() => service.url, acknowledged, stop.signal);
  const names = Array.from({ length: KILLS }, (_, kill) => `file${kill}`);
  for (const [kill, name] of names.entries()) {
    const load = startTask("load", [
      "polls",
      await writeFile(folder.path, name),
    ], environmentOf(address));
    await delay(300 + Math.random() * 1_200);
    if (kill % 3 === 0) await killBackend(sql);
    else if (kill % 3 === 1) killIfRunning(load);
    else {
      service.task.kill("SIGKILL");
      await service.task.ended();
      service = await startService(address, folder.path);
    }
    if ((await load.ended()).code === 0) acknowledged.files.add(name);
    await until(
      async () => await isUp(service.url),
      "the service answers again",
      120,
    );
  }
  stop.abort();
  await feeding;
  service.task.kill("SIGTERM");
  await service.task.ended();
  const has = new Set(await livePolls(sql));
  assert.ok(acknowledged.live.size > 0);
  for (const poll of acknowledged.live) {
    assert.ok(has.has(poll), `${poll} was acknowledged, and is lost`);
  }
  for (const name of names) {
    const polls = await countPolls(sql, name);
    assert.ok(
      polls === POLLS_OF_FILE || polls === 0 && !acknowledged.files.has(name),
      `${name} has ${polls} polls`,
    );
  }
  assert.deepEqual(await Array.fromAsync(findPollFaults(sql)), []);
  await close(sql);
  await postgres.close();
});

function killIfRunning(task: RunningTask): void {
  try {
    task.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function livePolls(sql: Sql): Promise<string[]> {
  const rows = await sql<{ poll: string }[]>`
    select store_id || ' ' || micros(at) || ' ' || case when active then 'active' else 'inactive' end as poll
    from polls where store_id like 'live%'`;
  return rows.map(({ poll }) => poll);
}

async function countPolls(sql: Sql, file: string): Promise<number> {
  const [row] = await sql<{ polls: number }[]>`
    select coalesce(sum(length(polls)) / 5, 0)::bigint as polls from poll_days join stores using (store_key)
    where starts_with(store_id, ${`${file}-`})`;
  return row?.polls ?? NaN;
}

async function isUp(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}
