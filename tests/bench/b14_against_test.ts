import assert from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { startProcess, withThisDeno } from "../support/run_task.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { against } from "./b14_against.ts";
import { BENCHES } from "./benches.ts";
import { withCommit } from "./choose.ts";
import { findCommit, isHistoryHere, isWorktree } from "./git.ts";
import { OtherVersion } from "./other_version.ts";

const MISSING = "0".repeat(40);
const NO_COMMIT = { name: "RangeError", message: /no commit 0{40}\. .*git fetch --unshallow/ };

const ignore = !(await isHistoryHere());

Deno.test({ name: "another version is a worktree that goes with its scope", ignore }, async () => {
  await using folder = await makeTempFolder();
  const path = `${folder.path}/version`;
  {
    await using version = new OtherVersion(await findCommit("HEAD"), path);
    await version.checkOut();
    assert(await isWorktree(path));
    await using task = version.startTask("sample", ["--help"], {});
    assert.match((await task.ended()).out, /sample/);
  }
  assert(!(await isWorktree(path)));
  await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
});

Deno.test({ name: "a version that cannot be checked out leaves no worktree", ignore }, async () => {
  await using folder = await makeTempFolder();
  const path = `${folder.path}/version`;
  {
    await using version = new OtherVersion(MISSING, path);
    await assert.rejects(version.checkOut(), /git could not check out 0{40} into/);
  }
  assert(!(await isWorktree(path)));
});

Deno.test({ name: "a version whose dependencies are not installed yet goes as well", ignore }, async () => {
  await using folder = await makeTempFolder();
  const path = `${folder.path}/version`;
  const version = new OtherVersion(await findCommit("HEAD"), path);
  const checkOut = version.checkOut();
  await version[Symbol.asyncDispose]();
  await checkOut;
  assert(!(await isWorktree(path)));
});

for (const whom of ["a terminal's whole group", "the bench alone"]) {
  Deno.test({ name: `SIGINT to ${whom} removes its worktree`, ignore }, async () => {
    const args = ["B14", "--against", "HEAD", "--stores", "20", "--days", "1", "--runs", "1000"];
    const command = withThisDeno(project.tasks.bench.command, args);
    const detached = whom !== "the bench alone";
    await using bench = startProcess(["sh", "-c", 'exec "$0" "$@" 2>&1', ...command], { detached });
    const [, path = ""] = await bench.says(/checking out \w+ into (.+)\n/);
    await bench.says(/loading .* by [0-9a-f]{40}\n/);
    assert(await isWorktree(path));
    bench.kill("SIGINT");
    assert.equal((await bench.ended()).code, 130);
    assert(!(await isWorktree(path)));
  });
}

Deno.test({ name: "a commit that does not exist is refused before anything is measured", ignore }, async () => {
  await assert.rejects(findCommit(MISSING), NO_COMMIT);
  const needed = { commit: MISSING, isOptional: false, tell: () => {} };
  await assert.rejects(withCommit([against], needed), NO_COMMIT);
  assert.deepEqual(await withCommit([], needed), []);
});

Deno.test("without the commit, all benches are all but B14", async () => {
  const told: string[] = [];
  const needed = { commit: MISSING, isOptional: true, tell: (line: string) => told.push(line) };
  const chosen = await withCommit(BENCHES, needed);
  assert.deepEqual(chosen.map(({ id }) => id), BENCHES.map(({ id }) => id).filter((id) => id !== "B14"));
  assert.match(told.join("\n"), /^B14 is left out\. .*$/);
});
