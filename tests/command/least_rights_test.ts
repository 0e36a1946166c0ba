import assert from "node:assert/strict";
import { openTestDatabase } from "../support/database.ts";
import { environmentOf, environmentOfTask, ROOT, startProcess, withThisDeno } from "../support/run_task.ts";
import project from "../../deno.json" with { type: "json" };
import { makeTempFolder } from "../support/temp_folder.ts";

/** Runs the probe with the rights of a command. */
async function probe(command: string, env: Record<string, string>): Promise<Record<string, unknown>> {
  const launcher = project.tasks.start.command.replace(
    "src/launch/main.ts start",
    "tests/support/rights/launch_probe.ts",
  );
  await using stranger = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => new Response());
  const args = [command, ROOT, String(stranger.addr.port)];
  const variables = { ...environmentOfTask(env), AWS_SECRET_ACCESS_KEY: "secret" };
  await using task = startProcess(withThisDeno(launcher, args), { cwd: ROOT, env: variables });
  const { code, out, err } = await task.ended();
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

function assertNothingDone(found: unknown): void {
  const outcomes = Object.entries(Object(found));
  assert.ok(outcomes.length > 9);
  assert.deepEqual(outcomes.filter(([, outcome]) => outcome !== "NotCapable"), []);
}

Deno.test("a service with the embedded Postgres can do nothing that it does not need, nor can its workers", async () => {
  await using folder = await makeTempFolder();
  const { needed, main, worker } = await probe("start", {
    STOREWATCH_DATA: `${folder.path}/a folder, with a comma`,
    REPORTS_DIR: `${folder.path}/reports`,
    PORT: "0",
  });
  assert.deepEqual(needed, { one: 1 });
  assertNothingDone(main);
  assertNothingDone(worker);
  await Deno.remove(await Deno.realPath(`${folder.path}/a folder, with a comma/postgres`), { recursive: true });
});

Deno.test("a service with a Postgres elsewhere reaches that one alone", async () => {
  await using folder = await makeTempFolder();
  const { address, close } = await openTestDatabase();
  try {
    const { needed, main, worker } = await probe("start", {
      ...environmentOf(address),
      REPORTS_DIR: `${folder.path}/reports`,
      PORT: "0",
    });
    assert.deepEqual(needed, { one: 1 });
    assertNothingDone(main);
    assertNothingDone(worker);
  } finally {
    await close();
  }
});
