import assert from "node:assert/strict";
import { writeSample } from "../../src/sample/write_sample.ts";
import { inFolder, readFolder, rowsOf, sampleText, sha256 } from "./read_sample.ts";

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

const THREE_FILES = ["menu_hours.csv", "store_status.csv", "timezones.csv"];

Deno.test("the same seed gives the same bytes, on this machine and on others", async () => {
  assert.equal(
    await sha256(await sampleText(50, 8, 1)),
    "012468fbd2809d489b095ab7f3d1a1b8626211d74245036abd862f8dcaa9f840",
  );
});

Deno.test("another seed gives other bytes and other stores", async () => {
  const one = await sampleText(50, 8, 1);
  const other = await sampleText(50, 8, 2);
  assert.notEqual(await sha256(one), await sha256(other));
  const stores = new Set(rowsOf(one.timezones).map((row) => row.split(",")[0]));
  assert.ok(rowsOf(other.timezones).every((row) => !stores.has(row.split(",")[0])));
});

Deno.test("a sample of no stores has three headers", async () => {
  assert.deepEqual(await sampleText(0, 1, 1), {
    polls: "store_id,status,timestamp_utc\n",
    hours: "store_id,day,start_time_local,end_time_local\n",
    timezones: "store_id,timezone_str\n",
  });
});

Deno.test("the only store of a sample of one day is polled at the as-of of all samples", async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const polls = rowsOf((await sampleText(1, 1, seed)).polls);
    assert.ok(polls.length >= 1 && polls.length <= 25, `${polls.length} polls in 19 hours`);
    assert.ok(polls.every((row) => row.includes(",2023-01-25 ")));
    assert.ok(polls.some((row) => row.endsWith(",2023-01-25 18:13:22.47922 UTC")));
  }
});

Deno.test("more stores than are made at once have an id each", async () => {
  const { polls, hours, timezones } = await sampleText(4_100, 1, 1);
  const ids = [polls, hours, timezones].flatMap(rowsOf).map((row) => row.split(",")[0]);
  assert.equal(new Set(ids).size, 4_100);
});

Deno.test("a missing folder is made, and nothing but the three files is in it", async () => {
  await inFolder(async (parent) => {
    await writeSample(`${parent}/not/yet`, { stores: 3, days: 2, seed: 1 });
    assert.deepEqual(await namesIn(`${parent}/not/yet`), THREE_FILES);
  });
});

Deno.test("older files are replaced whole", async () => {
  await inFolder(async (folder) => {
    await writeSample(folder, { stores: 200, days: 8, seed: 1 });
    await writeSample(folder, { stores: 5, days: 2, seed: 2 });
    assert.deepEqual(await readFolder(folder), await sampleText(5, 2, 2));
  });
});

Deno.test("the answer counts rows without headers and the bytes of each file; progress adds up to all bytes", async () => {
  await inFolder(async (folder) => {
    const progress: number[] = [];
    const onProgress = (bytes: number) => void progress.push(bytes);
    const { files } = await writeSample(folder, { stores: 200, days: 8, seed: 1, onProgress });
    const { polls, hours, timezones } = await readFolder(folder);
    assert.deepEqual(files, [
      { path: `${folder}/store_status.csv`, rows: rowsOf(polls).length, bytes: polls.length },
      { path: `${folder}/menu_hours.csv`, rows: rowsOf(hours).length, bytes: hours.length },
      { path: `${folder}/timezones.csv`, rows: rowsOf(timezones).length, bytes: timezones.length },
    ]);
    assert.equal(progress.at(-1), polls.length + hours.length + timezones.length);
    assert.deepEqual(progress, progress.toSorted((a, b) => a - b));
  });
});

Deno.test("a file that cannot take its name is named in the error, and no temporary file stays", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/store_status.csv/in_the_way`, { recursive: true });
    const written = writeSample(folder, { stores: 3, days: 2, seed: 1 });
    await assert.rejects(written, { message: /^cannot write .*store_status\.csv: / });
    assert.deepEqual(await namesIn(folder), ["store_status.csv"]);
  });
});

Deno.test("a run that breaks off leaves the older files as they were", async () => {
  await inFolder(async (folder) => {
    await writeSample(folder, { stores: 5, days: 2, seed: 1 });
    const before = await readFolder(folder);
    const onProgress = () => {
      throw new Error("broken off");
    };
    await assert.rejects(writeSample(folder, { stores: 500, days: 8, seed: 2, onProgress }), { message: "broken off" });
    assert.deepEqual(await readFolder(folder), before);
    assert.deepEqual(await namesIn(folder), THREE_FILES);
  });
});

Deno.test("options that are no whole numbers, or out of range, are named", async () => {
  const good = { stores: 1, days: 1, seed: 1 };
  await assert.rejects(writeSample("nowhere", { ...good, stores: -1 }), /stores must be a whole number from 0/);
  await assert.rejects(writeSample("nowhere", { ...good, days: 0 }), /days must be a whole number from 1 .* not 0/);
  await assert.rejects(writeSample("nowhere", { ...good, seed: 0.5 }), /seed must be a whole number/);
  await assert.rejects(writeSample("nowhere", { ...good, stores: NaN }), RangeError);
});
