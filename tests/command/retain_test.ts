import assert from "node:assert/strict";
import { removeWithConsent } from "../../src/command/retain/confirm.ts";
import { latestPoll } from "../../src/db/polls/latest_poll.ts";
import { instant } from "../support/build.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { environmentOf, runTask } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { runInTerminal } from "../support/terminal.ts";

const POLLS = [
  "2022-11-30 23:00 active",
  "2022-12-30 10:00 active",
  "2022-12-31 23:00 inactive",
  "2023-01-05 10:00 active",
];

async function withPolls(work: (database: TestDatabase, env: Record<string, string>) => Promise<void>): Promise<void> {
  const database = await openTestDatabase();
  await using folder = await makeTempFolder();
  try {
    await putStores(database.sql, [{ id: "s", polls: POLLS }]);
    await work(database, { ...environmentOf(database.address), REPORTS_DIR: folder.path });
  } finally {
    await database.close();
  }
}

async function polls({ sql }: TestDatabase): Promise<number> {
  const [row] = await sql<{ polls: number }[]>`select count(*) as polls from polls`;
  return row?.polls ?? NaN;
}

const COUNTS = "month 2022-11: 1 poll\nmonth 2022-12: 2 polls\n";

Deno.test("retain shows counts first, and without a terminal removes nothing unless --yes says so", () =>
  withPolls(async (database, env) => {
    const asked = await runTask("retain", ["--before", "2023-01-01"], env);
    assert.deepEqual([asked.code, asked.out], [2, COUNTS]);
    assert.match(asked.err, /Nothing was removed.*--yes.*--dry-run/);
    const dry = await runTask("retain", ["--before", "2023-01-01", "--dry-run", "--yes"], env);
    assert.deepEqual([dry.code, dry.out], [0, `${COUNTS}Nothing was removed: this was a dry run\n`]);
    assert.equal(await polls(database), 4);
    const agreed = await runTask("retain", ["--before", "2023-01-01", "--yes"], env);
    assert.deepEqual([agreed.code, agreed.out], [0, `${COUNTS}2 months of polls removed\n`]);
    assert.equal(await polls(database), 1);
    const again = await runTask("retain", ["--before", "2023-01-01"], env);
    assert.deepEqual([again.code, again.out], [0, "Nothing to remove\n"]);
  }));

Deno.test("retain --after removes later polls, to the instant, and as-of follows", () =>
  withPolls(async (database, env) => {
    const lines =
      "month 2022-12: 1 poll after 2022-12-31T00:00:00Z\nmonth 2023-01: 1 poll after 2022-12-31T00:00:00Z\n";
    const dry = await runTask("retain", ["--after", "2022-12-31", "--dry-run"], env);
    assert.deepEqual([dry.code, dry.out], [0, `${lines}Nothing was removed: this was a dry run\n`]);
    const agreed = await runTask("retain", ["--after", "2022-12-31", "--yes"], env);
    assert.deepEqual([agreed.code, agreed.out], [0, `${lines}2 polls removed\n`]);
    assert.equal(await polls(database), 2);
    assert.equal(await latestPoll(database.sql), instant("2022-12-30 10:00"));
  }));

Deno.test({
  name: "retain asks at a terminal, and removes only after yes",
  ignore: Deno.build.os !== "linux", // `script` takes other options elsewhere
  fn: () =>
    withPolls(async (database, env) => {
      for (const [typed, code, left] of [["no\n", 1, 4], ["\x04", 1, 4], ["\x03", 130, 4], ["yes\n", 0, 1]] as const) {
        await using retain = runInTerminal("retain", ["--before", "2023-01-01"], env);
        await retain.says("Type yes: ");
        await retain.type(typed);
        const ended = await retain.ended();
        assert.equal(ended.code, code, ended.out);
        assert.equal(await polls(database), left, ended.out);
      }
    }),
});

Deno.test("retain --reports-before removes finished reports with their files, and leaves later ones", () =>
  withPolls(async ({ sql }, env) => {
    for (let made = 0; made < 3; made++) assert.equal((await runTask("report", [], env)).code, 0);
    const [old, waiting, later] = await sql<
      { report_id: string }[]
    >`select report_id from reports order by requested_at`;
    await sql`update reports set requested_at = '2023-01-01' where report_id in (${old?.report_id ?? ""}, ${
      waiting?.report_id ?? ""
    })`;
    await sql`update reports set status = 'Started', made_by = 'queue' where report_id = ${waiting?.report_id ?? ""}`;
    const { code, out, err } = await runTask("retain", ["--reports-before", "2023-02-01", "--yes"], env);
    assert.equal(code, 0, err);
    assert.match(out, /^1 report: 152 bytes of CSV\n1 report removed, with their files\n$/);
    const left = await sql`select report_id from reports order by requested_at`;
    assert.deepEqual(left.map((row) => row.report_id), [waiting?.report_id, later?.report_id]);
    const files = await Array.fromAsync(Deno.readDir(env.REPORTS_DIR ?? ""), ({ name }) => name.split(".")[0]);
    assert.deepEqual(new Set(files), new Set([waiting?.report_id, later?.report_id]));
  }));

Deno.test("several removals are one question", async () => {
  const printed: string[] = [];
  const asked: string[] = [];
  const runtime = {
    signal: new AbortController().signal,
    print: (line: string) => void printed.push(line),
    tell: () => {},
    ask: (question: string) => (asked.push(question), Promise.resolve("Yes")),
  };
  const removal = (lines: string[], done: string) => ({ lines, carryOut: () => Promise.resolve(done) });
  const removals = [
    removal(["a: 1", "b: 2"], "a and b are gone"),
    removal([], "never"),
    removal(["c: 3"], "c is gone"),
  ];
  await removeWithConsent(removals, {}, runtime);
  assert.equal(asked.length, 1);
  assert.deepEqual(printed, ["a: 1", "b: 2", "c: 3", "a and b are gone", "c is gone"]);
});

Deno.test("retain --store removes a store after it shows what goes", () =>
  withPolls(async (database, env) => {
    const shown = "store s: 4 polls, 0 rows of business hours, no time zone\n";
    const dry = await runTask("retain", ["--store", "s", "--dry-run"], env);
    assert.deepEqual([dry.code, dry.out], [0, `${shown}Nothing was removed: this was a dry run\n`]);
    assert.equal(await polls(database), 4);
    const agreed = await runTask("retain", ["--store", "s", "--yes"], env);
    assert.deepEqual([agreed.code, agreed.out], [0, `${shown}store s removed. Existing reports keep its rows\n`]);
    assert.equal(await polls(database), 0);
    const again = await runTask("retain", ["--store", "s", "--yes"], env);
    assert.deepEqual([again.code, again.err], [1, 'storewatch: There is no store "s": check the id\n']);
  }));

Deno.test("retain without anything to remove says what can be removed", async () => {
  const { code, err } = await runTask("retain", []);
  assert.equal(code, 2);
  assert.match(err, /--before DATE, --after DATE, --reports-before DATE/);
});
