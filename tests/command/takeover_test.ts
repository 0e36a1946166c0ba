import assert from "node:assert/strict";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { instant } from "../support/build.ts";
import { openTestDatabase } from "../support/database.ts";
import { environmentOf, startTask } from "../support/run_task.ts";
import { until } from "../support/until.ts";

const STORES = 4_000;

interface Status {
  readonly status: string;
  readonly progress: { readonly stores_done: number };
}

async function status(url: string, reportId: string): Promise<Status> {
  return await fetch(`${url}/reports/${reportId}`).then((answer) => answer.json());
}

Deno.test("R54: a report that a killed process left behind is taken up by another within 30 s, and looks Running for neither", async () => {
  const { sql, address, close } = await openTestDatabase();
  const reports = await Deno.makeTempDir();
  try {
    const ids = Array.from({ length: STORES }, (_, index) => `s${index + 1}`);
    await mergePolls(sql, ids.map((storeId) => ({ storeId, at: instant("2023-01-25 18:00"), active: true })));
    // Chunks of one store make a report that lasts long enough to be killed in the middle.
    const env = { ...environmentOf(address), REPORTS_DIR: reports, PORT: "0", CHUNK_SIZE: "1", WORKERS: "1" };
    await using first = startTask("start", [], env);
    const [, firstUrl = ""] = await first.says(/"listening","url":"([^"]+)"/);
    const { report_id: reportId } = await fetch(`${firstUrl}/trigger_report`, { method: "POST" }).then((a) => a.json());
    await until(async () => (await status(firstUrl, reportId)).progress.stores_done > 0, "the report has begun");
    first.kill("SIGKILL");
    await first.ended();

    await using second = startTask("start", [], { ...env, CHUNK_SIZE: "500" });
    const [, secondUrl = ""] = await second.says(/"listening","url":"([^"]+)"/);
    assert.equal((await status(secondUrl, reportId)).status, "Started");
    await until(async () => (await status(secondUrl, reportId)).status !== "Started", "it is taken up", 30);
    await until(async () => (await status(secondUrl, reportId)).status === "Completed", "it is completed");
    const csv = await fetch(`${secondUrl}/get_report/${reportId}`).then((answer) => answer.text());
    assert.equal(csv.trimEnd().split("\n").length, STORES + 1);
    const left = await Array.fromAsync(Deno.readDir(reports), ({ name }) => name);
    assert.deepEqual(left.sort(), [`${reportId}.csv`, `${reportId}.performance.csv`, `${reportId}.result.arrow`]);
    second.kill("SIGTERM");
    assert.equal((await second.ended()).code, 143);
  } finally {
    await close();
    await Deno.remove(reports, { recursive: true });
  }
});
