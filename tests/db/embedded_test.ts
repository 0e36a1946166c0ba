import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/postgres_embedded/embedded.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

Deno.test("a fresh data folder becomes a UTF-8 database of UTC that syncs to disk", async () => {
  await using folder = await makeTempFolder();
  const embedded = await openEmbeddedPostgres(folder.path);
  assert.equal(embedded.startedHere, true);
  assert.equal(await setting(embedded, "server_encoding"), "UTF8");
  assert.equal(await setting(embedded, "timezone"), "UTC");
  assert.equal(await setting(embedded, "fsync"), "on");
  await embedded.close();
});

Deno.test("what was written is there after a stop", async () => {
  await using folder = await makeTempFolder();
  const first = await openEmbeddedPostgres(folder.path);
  await query(first, "create table kept as select 7 as number");
  await first.close();
  const second = await openEmbeddedPostgres(folder.path);
  assert.deepEqual(await query(second, "select number from kept"), [{ number: 7 }]);
  await second.close();
});

Deno.test("a path may hold a space, quotes, a dollar and an umlaut", async () => {
  await using folder = await makeTempFolder();
  const embedded = await openEmbeddedPostgres(`${folder.path}/a 'quoted" $HOME ü/new`);
  assert.deepEqual(await query(embedded, "select 1 as one"), [{ one: 1 }]);
  await embedded.close();
});

Deno.test("closing twice is closing once, and leaves neither process nor socket", async () => {
  await using folder = await makeTempFolder();
  const embedded = await openEmbeddedPostgres(folder.path);
  const pid = await postmaster(folder.path);
  await Promise.all([embedded.close(), embedded.close()]);
  assert.equal(await isAlive(pid), false);
  await assert.rejects(Deno.lstat(embedded.host), Deno.errors.NotFound);
});

Deno.test("two that use one server may close it at the same time", async () => {
  await using folder = await makeTempFolder();
  const both = await Promise.all([openEmbeddedPostgres(folder.path), openEmbeddedPostgres(folder.path)]);
  const pid = await postmaster(folder.path);
  await Promise.all(both.map((embedded) => embedded.close()));
  assert.equal(await isAlive(pid), false);
});

Deno.test("a second process uses the server that runs, and keeps it after the first was killed", async () => {
  await using folder = await makeTempFolder();
  const first = await useInProcess(folder.path);
  const second = await openEmbeddedPostgres(folder.path);
  assert.equal(second.startedHere, false);
  const pid = await postmaster(folder.path);
  await first.kill();
  await delay(500);
  assert.equal(await postmaster(folder.path), pid);
  assert.deepEqual(await query(second, "select 1 as one"), [{ one: 1 }]);
  await second.close();
  assert.equal(await isAlive(pid), false);
});

Deno.test("Postgres stops when its only user is killed", async () => {
  await using folder = await makeTempFolder();
  const user = await useInProcess(folder.path);
  const pid = await postmaster(folder.path);
  await user.kill();
  await eventually(async () => !(await isAlive(pid)));
  await eventually(async () => !(await exists(user.host)));
});

Deno.test("users that come while the last one leaves never get a server that stops under them", async () => {
  await using folder = await makeTempFolder();
  for (let wait = 0; wait < 40; wait += 4) {
    const last = await useInProcess(folder.path);
    await last.kill();
    await delay(wait);
    const next = await openEmbeddedPostgres(folder.path);
    await delay(100);
    assert.deepEqual(await query(next, "select 1 as one"), [{ one: 1 }]);
    await next.close();
  }
});

Deno.test("a killed Postgres comes back for those who use it", async () => {
  await using folder = await makeTempFolder();
  const embedded = await openEmbeddedPostgres(folder.path);
  const pid = await postmaster(folder.path);
  Deno.kill(pid, "SIGKILL");
  await eventually(async () => await answers(embedded));
  assert.notEqual(await postmaster(folder.path), pid);
  await embedded.close();
});

Deno.test("the lock file of a server that a power cut took does not prevent a start, whosever its process id is", async () => {
  await using folder = await makeTempFolder();
  await (await openEmbeddedPostgres(folder.path)).close();
  const home = `${folder.path}/postgres`;
  const lockFile = `${home}/data/postmaster.pid`;
  await Deno.writeTextFile(
    lockFile,
    `${Deno.pid}\n${home}/data\n1700000000\n5432\n/tmp/storewatch.gone\n\n1 1\nready   \n`,
  );
  const embedded = await openEmbeddedPostgres(folder.path);
  assert.deepEqual(await query(embedded, "select 1 as one"), [{ one: 1 }]);
  await embedded.close();
});

Deno.test("a server whose guardian was killed is replaced, under the same address", async () => {
  await using folder = await makeTempFolder();
  const survivor = await openEmbeddedPostgres(folder.path);
  const pid = await postmaster(folder.path);
  Deno.kill(await parentOf(await parentOf(pid)), "SIGKILL");
  await delay(100);
  const next = await openEmbeddedPostgres(folder.path);
  assert.equal(next.startedHere, true);
  assert.notEqual(await postmaster(folder.path), pid);
  assert.deepEqual(await query(survivor, "select 1 as one"), [{ one: 1 }]);
  await next.close();
  assert.equal(await answers(survivor), true);
  await survivor.close();
  assert.equal(await answers(survivor), false);
});

Deno.test("ten that open at once get one server", async () => {
  await using folder = await makeTempFolder();
  const users = await Promise.all(Array.from({ length: 10 }, () => useInProcess(folder.path)));
  assert.equal(users.filter(({ startedHere }) => startedHere).length, 1);
  assert.equal(new Set(users.map(({ host }) => host)).size, 1);
  const pid = await postmaster(folder.path);
  await Promise.all(users.map((user) => user.finish()));
  assert.equal(await isAlive(pid), false);
});

Deno.test("a kill during the first start leaves nothing in the way of the next", async () => {
  await using folder = await makeTempFolder();
  const child = spawnUser(folder.path);
  await eventually(() => exists(`${folder.path}/postgres/data.new/base`));
  await end(child, "SIGKILL");
  const embedded = await openEmbeddedPostgres(folder.path);
  assert.deepEqual(await query(embedded, "select 1 as one"), [{ one: 1 }]);
  await embedded.close();
});

Deno.test({
  name: "for root below a private folder the data lie elsewhere, where a link shows",
  ignore: Deno.uid() !== 0,
  async fn() {
    await using folder = await makeTempFolder();
    await Deno.chmod(folder.path, 0o700);
    const embedded = await openEmbeddedPostgres(`${folder.path}/data`);
    assert.deepEqual(await query(embedded, "select 1 as one"), [{ one: 1 }]);
    await embedded.close();
    const target = await Deno.readLink(`${folder.path}/data/postgres`);
    assert.match(target, /^\/var\/lib\/storewatch\/[0-9a-f]{16}$/);
    assert.equal(((await Deno.stat(folder.path)).mode ?? 0) & 0o777, 0o700);
    await Deno.remove(target, { recursive: true });
  },
});

Deno.test("a file in place of the data folder is named in the error", async () => {
  await using folder = await makeTempFolder();
  const path = `${folder.path}/file`;
  await Deno.writeTextFile(path, "");
  await assert.rejects(openEmbeddedPostgres(path), (error: Error) => {
    assert.ok(error.message.includes(`the embedded Postgres in ${path}: File exists`));
    return error.cause instanceof Deno.errors.AlreadyExists;
  });
});

Deno.test("data of another major version are refused with the words of Postgres", async () => {
  await using folder = await makeTempFolder();
  await (await openEmbeddedPostgres(folder.path)).close();
  await Deno.writeTextFile(`${folder.path}/postgres/data/PG_VERSION`, "15\n");
  await assert.rejects(openEmbeddedPostgres(folder.path), /database files are incompatible with server/);
});

interface User {
  readonly host: string;
  readonly startedHere: boolean;
  kill(): Promise<void>;
  finish(): Promise<void>;
}

const PERMISSIONS = ["--allow-read", "--allow-write", "--allow-env", "--allow-sys", "--allow-net", "--allow-run=sh"];

async function useInProcess(dataFolder: string): Promise<User> {
  const child = spawnUser(dataFolder);
  const { host, startedHere }: EmbeddedPostgres = JSON.parse(await firstLine(child.stdout));
  return { host, startedHere, kill: () => end(child, "SIGKILL"), finish: () => end(child) };
}

function spawnUser(dataFolder: string): Deno.ChildProcess {
  const script = import.meta.resolve("../support/use_postgres.ts");
  const args = ["run", ...PERMISSIONS, script, dataFolder];
  return new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped" }).spawn();
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text;
}

async function end(child: Deno.ChildProcess, signal?: Deno.Signal): Promise<void> {
  if (signal !== undefined) child.kill(signal);
  await child.stdin.close();
  if (!child.stdout.locked) await child.stdout.cancel();
  await child.status;
}

async function query(embedded: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const { host, port, user, database } = embedded;
  const sql = postgres({ host, port, user, database, max: 1 });
  try {
    return [...await sql.unsafe(text)];
  } finally {
    await sql.end();
  }
}

async function setting(embedded: EmbeddedPostgres, name: string): Promise<unknown> {
  const [row] = await query(embedded, `select current_setting('${name}') as value`);
  return Object(row).value;
}

async function answers(embedded: EmbeddedPostgres): Promise<boolean> {
  return await query(embedded, "select 1").then(() => true, () => false);
}

async function postmaster(dataFolder: string): Promise<number> {
  return parseInt(await Deno.readTextFile(`${dataFolder}/postgres/data/postmaster.pid`));
}

async function parentOf(pid: number): Promise<number> {
  return Number(await ps("ppid=", pid));
}

/** A zombie is dead: pid 1 of a container may take its time to bury it. */
async function isAlive(pid: number): Promise<boolean> {
  return /^[^Z]/.test(await ps("stat=", pid));
}

async function ps(column: string, pid: number): Promise<string> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", column, "-p", String(pid)] }).output();
  return new TextDecoder().decode(stdout).trim();
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

async function eventually(isTrue: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < deadline, `not within a minute: ${isTrue}`);
    await delay(20);
  }
}
