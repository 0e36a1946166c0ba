import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openTestDatabase } from "../support/database.ts";
import { environmentOf, startProcess, startTaskGroup } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const ENDLESS = fileURLToPath(new URL("../support/endless_command.ts", import.meta.url));

Deno.test("Ctrl-C in a terminal lets an upload in progress finish", async () => {
  await using folder = await makeTempFolder();
  const { sql, address, close } = await openTestDatabase();
  const env = { ...environmentOf(address), REPORTS_DIR: folder.path, PORT: "0" };
  await using start = startTaskGroup("start", [], env);
  const [, url = ""] = await start.says(/"listening","url":"([^"]+)"/);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const body = writable.getWriter();
  const line = (text: string) => body.write(new TextEncoder().encode(`${text}\n`));
  const answer = fetch(`${url}/imports/polls`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: readable,
  });
  answer.catch(() => {}); // it is awaited below, and may fail before
  await line("store_id,status,timestamp_utc");
  await line("a,active,2023-01-25 12:00:00 UTC");
  await importHasBegun(sql);
  start.kill("SIGINT");
  await delay(1_000);
  await line("b,active,2023-01-25 12:00:00 UTC");
  await body.close();
  assert.equal((await (await answer).json()).accepted, 2);
  assert.equal((await start.ended()).code, 130);
  await close();
});

async function importHasBegun(sql: Awaited<ReturnType<typeof openTestDatabase>>["sql"]): Promise<void> {
  for (;;) {
    const busy = await sql`
      select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`;
    if (busy.length > 0) return;
    await delay(20);
  }
}

for (
  const [phase, text] of [["writes its sample", "Creating sample"], ["loads its sample", "timezones.csv: "]] as const
) {
  Deno.test(`Ctrl-C in a terminal while demo ${phase} removes the sample`, async () => {
    await using folder = await makeTempFolder();
    const { address, close } = await openTestDatabase();
    const env = { ...environmentOf(address), REPORTS_DIR: folder.path, PORT: "0" };
    await using demo = startTaskGroup("demo", ["--stores", "6000"], env);
    await demo.says(text);
    while (!(await namesIn(folder.path)).some((name) => name.startsWith("storewatch-sample-"))) await delay(10);
    demo.kill("SIGINT");
    const { code, out, err } = await demo.ended();
    assert.equal(code, 130, err);
    assert.doesNotMatch(out, /stores as of|Serving on/);
    assert.deepEqual(await namesIn(folder.path), []);
    await close();
  });
}

Deno.test("Ctrl-C in a terminal while sample writes leaves no file", async () => {
  await using folder = await makeTempFolder();
  await using sample = startTaskGroup("sample", [folder.path, "--stores", "1000000"], {});
  while ((await namesIn(folder.path)).length === 0) await delay(10);
  sample.kill("SIGINT");
  assert.equal((await sample.ended()).code, 130);
  assert.deepEqual(await namesIn(folder.path), []);
});

async function namesIn(folder: string): Promise<string[]> {
  return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
}

Deno.test("two signals within half a second count as one, and a later one ends the process at once", async () => {
  await using endless = startProcess([Deno.execPath(), "run", "--no-check", ENDLESS, "endless"], {});
  await endless.says("working");
  endless.kill("SIGINT");
  endless.kill("SIGINT");
  await endless.says("stopping");
  await delay(1_000);
  endless.kill("SIGTERM");
  // Not the 130 of the first two.
  assert.equal((await endless.ended()).code, 143);
});
