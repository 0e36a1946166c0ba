import assert from "node:assert/strict";
import fc from "fast-check";
import { RENDERERS } from "../../src/export/renderers.ts";
import type { ReportRows } from "../../src/export/rows.ts";
import { PART_BYTES, resultBatch, resultFrame } from "../../src/report/result/result_file.ts";
import { resultInFile } from "../../src/report/result/result_in_file.ts";
import { anyStores, MADE_UP_WINDOWS } from "../support/arbitrary_report.ts";
import { type MadeUpStore, reportRows } from "../support/report_rows.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

async function write(path: string, chunks: readonly (readonly MadeUpStore[])[]): Promise<void> {
  const { head, end } = resultFrame(MADE_UP_WINDOWS.map(({ name }) => name));
  const batches = chunks.map((stores) => resultBatch(reportRows(MADE_UP_WINDOWS, stores).result));
  await Deno.writeFile(path, Uint8Array.from([head, ...batches, end].flatMap((part) => [...part])));
}

function rendered(rows: ReportRows): Record<string, unknown> {
  return Object.fromEntries(Object.entries(RENDERERS).map(([format, render]) => [format, [...render(rows)].join()]));
}

Deno.test("a report that is read from its file part by part is rendered as one that is in memory, in every format", async () => {
  await using temp = await makeTempFolder();
  const path = `${temp.path}/result.arrow`;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStores, { maxLength: 3 }), async (chunks) => {
      // A store has one row.
      const stores = [...new Map(chunks.flat().map((store) => [store[0], store])).values()];
      const parts = chunks.map((chunk) => chunk.filter((store) => stores.includes(store)));
      await write(path, parts);
      const rows = reportRows(MADE_UP_WINDOWS, parts.flat(), { groupBy: ["region", "size"], targetPercent: "99.5" });
      const expected = rendered(rows);
      for (const partBytes of [1, 3_000, PART_BYTES]) {
        assert.deepEqual(rendered({ ...rows, result: resultInFile(path, partBytes) }), expected);
      }
    }),
    { numRuns: 15 },
  );
});

Deno.test("a file that was cut off is not taken for a shorter report", async () => {
  await using temp = await makeTempFolder();
  const path = `${temp.path}/result.arrow`;
  await write(path, [[]]);
  const bytes = await Deno.readFile(path);
  for (const length of [bytes.length - 1, bytes.length - 9, 20]) {
    await Deno.writeFile(path, bytes.subarray(0, length));
    const rows = { ...reportRows(MADE_UP_WINDOWS, []), result: resultInFile(path) };
    assert.throws(() => [...RENDERERS["rows-csv"](rows)], /ends \d+ bytes too early/);
  }
});
