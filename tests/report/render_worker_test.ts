import assert from "node:assert/strict";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import type { Result } from "../../src/domain/measures/result.ts";
import { type FileFormat, renderedPath, renderFile, type Rendering } from "../../src/report/result/rendered_file.ts";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { resultBatch, resultFrame } from "../../src/report/result/result_file.ts";
import { renderInWorker } from "../../workers/render.ts";
import { MADE_UP_WINDOWS } from "../support/arbitrary_report.ts";
import { instant } from "../support/build.ts";
import { reportRows } from "../support/report_rows.ts";
import { measuresWith } from "../support/row.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const WINDOWS = MADE_UP_WINDOWS.map(({ name }) => name);

async function writeResult(path: string, result: Result): Promise<void> {
  const { head, end } = resultFrame(WINDOWS);
  await Deno.writeFile(path, new Uint8Array([...head, ...resultBatch(result), ...end]));
}

Deno.test("a worker renders the same bytes as this thread, and says why it cannot", async (t) => {
  await using temp = await makeTempFolder();
  const folder = temp.path;
  const reportId = crypto.randomUUID();
  const report = { reportId, request: { ...DEFAULT_REQUEST, windows: WINDOWS }, asOf: instant("09:00"), warnings: [] };
  const { result } = reportRows(MADE_UP_WINDOWS, [["a", [measuresWith({ up: 1 }), measuresWith({ down: 2 })]]]);
  await writeResult(reportPaths(folder, reportId).result, result);
  const rendering = (format: FileFormat, version: string): Rendering => ({ folder, format, report, version });

  for (const format of ["parquet", "xlsx"] as const) {
    await t.step(format, async () => {
      await renderFile(rendering(format, "1"));
      const here = await Deno.readFile(renderedPath(rendering(format, "1")));
      await renderInWorker(rendering(format, "2"));
      assert.deepEqual(await Deno.readFile(renderedPath(rendering(format, "2"))), here);
    });
  }

  await t.step("an error keeps its name and its words", async () => {
    const missing = { ...rendering("xlsx", "3"), folder: `${folder}/missing` };
    await assert.rejects(renderInWorker(missing), {
      name: "ReportFailure",
      message: /the reports folder does not exist/,
    });
  });
});
