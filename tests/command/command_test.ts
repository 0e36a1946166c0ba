import assert from "node:assert/strict";
import { openTestDatabase } from "../support/database.ts";
import { putStores } from "../support/fleet.ts";
import { environmentOf, runTask, startProcess, startTask, type TaskName } from "../support/run_task.ts";

const TASKS: TaskName[] = ["demo", "start", "load", "report", "retain", "check", "sample"];

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "storewatch commands " });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("every command explains itself, in an environment with nothing but PATH and HOME", async () => {
  const env = { PATH: Deno.env.get("PATH") ?? "", HOME: Deno.env.get("HOME") ?? "" };
  for (const name of TASKS) {
    await using help = startProcess([Deno.execPath(), "task", name, "--help"], { clearEnv: true, env });
    const { code, out, err } = await help.ended();
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`^Usage: deno task ${name}`));
  }
});

Deno.test("a wrong flag or argument is named, and ends with 2", async () => {
  const wrong: [TaskName, string[], RegExp][] = [
    ["report", ["--method", "guess"], /guess.*step, nearest, clock, in-hours/],
    ["report", ["--precision", "7"], /7.*whole number from 0 to 6/],
    ["report", ["--as-of", "yesterday"], /yesterday.*must be a date such as/],
    ["report", ["--fast"], /unknown option '--fast'/],
    ["report", ["--out", "tests"], /tests is not a file/],
    ["report", ["--out", "no/such/folder/out.csv"], /the folder does not exist: no\/such\/folder/],
    ["sample", ["--stores", "1"], /missing required argument 'folder'/],
    ["sample", ["x"], /--stores/],
    ["sample", ["x", "--stores", "-1"], /-1.*whole number/],
    ["retain", ["--before", "then"], /then.*must be a date such as/],
    ["load", [], /Name the files/],
    ["start", ["now"], /too many arguments/],
  ];
  for (const [name, args, message] of wrong) {
    const { code, err } = await runTask(name, args);
    assert.match(err, message);
    assert.equal(code, 2, `${name} ${args.join(" ")}: ${err}`);
  }
});

Deno.test("a wrong setting is named, and ends with 2", async () => {
  for (
    const [name, value] of [
      ["PORT", "http"],
      ["WORKERS", "0"],
      ["CHUNK_SIZE", "1e3"],
      [
        "DATABASE_URL",
        "mysql://me:secret@here",
      ],
      ["ALLOWED_HOSTS", "http://storewatch.example.com"],
      ["ALLOWED_ORIGINS", "*"],
    ]
  ) {
    const { code, err } = await runTask("report", [], { [name ?? ""]: value ?? "" });
    assert.equal(code, 2);
    assert.match(err, new RegExp(name ?? ""));
    assert.doesNotMatch(err, /secret/);
  }
});

Deno.test("a Postgres that cannot be reached is a failure that says what to check", async () => {
  const { code, err } = await runTask("report", [], { DATABASE_URL: "postgres://me:secret@127.0.0.1:1/none" });
  assert.equal(code, 1);
  assert.match(err, /Postgres cannot be reached.*DATABASE_URL/);
  assert.doesNotMatch(err, /secret|\bat \S+:\d+/);
});

Deno.test("report makes a CSV, shows all stores and the worst ones, and copies the CSV", () =>
  withFolder(async (folder) => {
    const { sql, address, close } = await openTestDatabase();
    try {
      await putStores(sql, [{ id: "up", polls: ["18:00 active"] }, {
        id: "down",
        polls: ["2023-01-25 12:00 inactive"],
      }]);
      const env = { ...environmentOf(address), REPORTS_DIR: `${folder}/reports` };
      const args = [
        "--as-of",
        "2023-01-25T18:00:00Z",
        "--precision",
        "1",
        "--method",
        "step",
        "--out",
        `${folder}/out.csv`,
      ];
      const { code, out, err } = await runTask("report", args, env);
      assert.equal(code, 0, err);
      assert.match(out, /2 stores as of 2023-01-25T18:00:00Z/);
      assert.match(out, /^Only 0\.00 % of the scheduled time of the last hour was observed/);
      assert.match(out, /last week +98\.21 % +0\.00 – 100\.00 % +0\.59 %/);
      assert.match(out, /down +96\.42 % +0\.00 – 100\.00 % +1\.19 % +6\.00/);
      const [, path = ""] = /CSV: (.*)/.exec(out) ?? [];
      const csv = await Deno.readTextFile(path);
      assert.match(csv, /\ndown,0\.0,18\.0,162\.0,60\.0,6\.0,6\.0\nup,60\.0,24\.0,168\.0,0\.0,0\.0,0\.0\n$/);
      assert.equal(await Deno.readTextFile(`${folder}/out.csv`), csv);
    } finally {
      await close();
    }
  }));

Deno.test("a date as --as-of means its 00:00 UTC", () =>
  withFolder(async (folder) => {
    const { sql, address, close } = await openTestDatabase();
    await putStores(sql, [{ id: "s", polls: ["18:00 active"] }]);
    const env = { ...environmentOf(address), REPORTS_DIR: folder };
    const { out, err } = await runTask("report", ["--as-of", "2023-01-20"], env);
    await close();
    assert.match(out, /^1 store as of 2023-01-20T00:00:00Z/m, err);
  }));

Deno.test("report on an empty database fails with what to load", () =>
  withFolder(async (folder) => {
    const { address, close } = await openTestDatabase();
    const { code, err } = await runTask("report", [], { ...environmentOf(address), REPORTS_DIR: folder });
    await close();
    assert.equal(code, 1);
    assert.equal(err, "storewatch: There are no stores: load polls, hours or timezones first\n");
  }));

Deno.test("report without polls says so in one line", () =>
  withFolder(async (folder) => {
    const { sql, address, close } = await openTestDatabase();
    await putStores(sql, [{ id: "s" }]);
    const { code, err } = await runTask("report", [], { ...environmentOf(address), REPORTS_DIR: folder });
    await close();
    assert.equal(code, 1);
    assert.equal(err, "storewatch: There are no polls: load polls first\n");
  }));

Deno.test("demo and start notice a port that is in use before they touch the database", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  for (const name of ["demo", "start"] as const) {
    const env = { DATABASE_URL: "postgres://me@127.0.0.1:1/none", PORT: String(port) };
    const { code, out, err } = await runTask(name, [], env);
    assert.deepEqual([code, out], [1, ""]);
    assert.equal(err, `storewatch: 127.0.0.1:${port} is in use: set PORT to another\n`);
  }
});

Deno.test("an error names a HOST that is not an address of this machine", async () => {
  const { code, err } = await runTask("start", [], { HOST: "192.0.2.1" });
  assert.equal(code, 1);
  assert.equal(err, 'storewatch: HOST is "192.0.2.1", which is not an address of this machine\n');
});

Deno.test("sample, load and report work on a Postgres of their own, which ends with them", () =>
  withFolder(async (folder) => {
    await Deno.chmod(folder, 0o755);
    const env = { STOREWATCH_DATA: `${folder}/data`, REPORTS_DIR: `${folder}/reports` };
    const sample = await runTask("sample", [`${folder}/sample`, "--stores", "50", "--days", "2"]);
    assert.equal(sample.code, 0, sample.err);
    const load = await runTask("load", [`${folder}/sample`], env);
    assert.equal(load.code, 0, load.err);
    assert.match(load.out, /rows of polls/);
    const report = await runTask("report", [], env);
    assert.equal(report.code, 0, report.err);
    assert.match(report.out, /^50 stores as of 2023-01-25T18:13:22\.47922Z/m);
    await Deno.remove(`${folder}/data`, { recursive: true });
  }));

Deno.test("Ctrl-C ends start cleanly with 130, and its Postgres with it", () =>
  withFolder(async (folder) => {
    await Deno.chmod(folder, 0o755);
    const env = { STOREWATCH_DATA: `${folder}/data`, REPORTS_DIR: `${folder}/reports`, PORT: "0" };
    await using start = startTask("start", [], env);
    const [, url] = await start.says(/"listening","url":"([^"]+)"/);
    assert.equal((await fetch(`${url}/readyz`).then((answer) => answer.json())).status, "ok");
    const postmaster = Number(
      (await Deno.readTextFile(`${folder}/data/postgres/data/postmaster.pid`)).split("\n")[0],
    );
    start.kill("SIGINT");
    assert.equal((await start.ended()).code, 130);
    assert.throws(() => Deno.kill(postmaster, "SIGCONT"), Deno.errors.NotFound);
  }));
