import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { ReportFailure } from "../../src/report/failure.ts";
import { ReportFile } from "../../src/report/result/report_file.ts";

const HELLO = new TextEncoder().encode("hello\n");

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

Deno.test("a file has its name only when it is published, and is whole then", () =>
  inFolder(async (folder) => {
    {
      await using file = await ReportFile.create(`${folder}/a.csv`);
      await file.write(HELLO);
      await file.write(HELLO);
      const sha256 = await file.finish();
      assert.deepEqual(await names(folder), ["a.csv.part"]);
      await file.publish();
      assert.equal(sha256, createHash("sha256").update("hello\nhello\n").digest("hex"));
      assert.equal(file.bytes, 12);
    }
    assert.deepEqual(await names(folder), ["a.csv"]);
    assert.equal(await Deno.readTextFile(`${folder}/a.csv`), "hello\nhello\n");
  }));

Deno.test("a file that is not published leaves nothing", () =>
  inFolder(async (folder) => {
    {
      await using file = await ReportFile.create(`${folder}/a.csv`);
      await file.write(HELLO);
    }
    assert.deepEqual(await names(folder), []);
  }));

Deno.test("what an earlier run left of a file is not built upon", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.csv.part`, "a longer text of an earlier run");
    await using file = await ReportFile.create(`${folder}/a.csv`);
    await file.write(HELLO);
    await file.finish();
    await file.publish();
    assert.equal(await Deno.readTextFile(`${folder}/a.csv`), "hello\n");
  }));

Deno.test("a folder that is not there is named as such, without its path", async () => {
  await assert.rejects(ReportFile.create("/nowhere/at/all/a.csv"), (error) => {
    assert(error instanceof ReportFailure);
    assert.match(error.message, /the reports folder does not exist/);
    assert.doesNotMatch(error.message, /nowhere/);
    return true;
  });
});
