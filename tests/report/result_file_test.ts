import assert from "node:assert/strict";
import { Table, tableFromArrays, tableToIPC } from "@uwdata/flechette";
import fc from "fast-check";
import { MEASURES, type Measures } from "../../src/domain/measures/measures.ts";
import { ResultColumns, STORE_TEXTS } from "../../src/domain/measures/result.ts";
import { measuresWith, NO_TEXTS } from "../support/row.ts";
import { CLASSIC_WINDOWS } from "../../src/domain/time/window_list.ts";
import { classicCsv } from "../../src/export/classic_csv.ts";
import { decodeResult, resultBatch, resultFrame } from "../../src/report/result/result_file.ts";
import { resultOfCsv } from "../../src/report/result/result_of_csv.ts";

const micros = fc.integer({ min: 0, max: 2 ** 52 });
const measures = fc.array(micros, { minLength: MEASURES.length, maxLength: MEASURES.length })
  .map((values) => measuresWith(Object.fromEntries(MEASURES.map((measure, index) => [measure, values[index]]))));
const stores = fc.array(
  fc.tuple(fc.string({ minLength: 1, unit: "grapheme" }), fc.tuple(measures, measures, measures)),
);

function columnsOf(rows: readonly (readonly [string, readonly Measures[]])[]): ResultColumns {
  const result = new ResultColumns(CLASSIC_WINDOWS, rows.length);
  for (const [storeId, values] of rows) {
    const pollAge = values[0]?.up === 0 ? Infinity : values[0]?.up ?? NaN;
    result.add(storeId, values, { ...NO_TEXTS, timezone: `zone of ${storeId}`, pollAge });
  }
  return result;
}

function bytesOf(chunks: readonly ResultColumns[]): Uint8Array {
  const { head, end } = resultFrame(CLASSIC_WINDOWS);
  return Uint8Array.from([head, ...chunks.map(resultBatch), end].flatMap((part) => [...part]));
}

Deno.test("a result file gives back every store and every microsecond, in whatever chunks it was written", () => {
  fc.assert(
    fc.property(fc.array(stores, { maxLength: 4 }), (chunks) => {
      const read = decodeResult(bytesOf(chunks.map(columnsOf)));
      const whole = columnsOf(chunks.flat());
      assert.deepEqual(read.storeIds, whole.storeIds);
      assert.deepEqual(read.windows, CLASSIC_WINDOWS);
      for (const name of STORE_TEXTS) assert.deepEqual(read.text(name), whole.text(name), name);
      assert.deepEqual(read.pollAge ?? [], whole.pollAge);
      for (const window of CLASSIC_WINDOWS) {
        for (const measure of MEASURES) {
          assert.deepEqual(read.column(window, measure) ?? [], whole.column(window, measure), `${window}.${measure}`);
        }
      }
    }),
    { numRuns: 100 },
  );
});

Deno.test("a result file keeps when windows by calendar are for each store, and for no other window", () => {
  const windows = ["last_day", "2026-10", "today"];
  const instant = fc.integer({ min: 0, max: 2 ** 52 });
  const ends = fc.tuple(instant, instant).map(([start, end]) => ({ start, end }));
  fc.assert(
    fc.property(fc.array(fc.tuple(ends, ends, ends), { maxLength: 20 }), (stores) => {
      const result = new ResultColumns(windows, stores.length);
      for (const [index, spans] of stores.entries()) {
        const none = windows.map(() => measuresWith({}));
        result.add(String(index), none, { ...NO_TEXTS, windows: spans });
      }
      const { head, end } = resultFrame(windows);
      const read = decodeResult(Uint8Array.from([...head, ...resultBatch(result), ...end]));
      assert.deepEqual(read.windows, windows);
      assert.equal(read.ends("last_day"), undefined);
      for (const window of [1, 2]) {
        assert.deepEqual(
          Array.from(read.ends(windows[window] ?? "")?.from ?? []),
          stores.map((all) => all[window]?.start),
        );
        assert.deepEqual(Array.from(read.ends(windows[window] ?? "")?.to ?? []), stores.map((all) => all[window]?.end));
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("a file from before a column existed is read, and lacks that column alone", () => {
  const { schema, children } = tableFromArrays({ store_id: ["7"], "last_hour.up": Float64Array.of(60) });
  const metadata = new Map([["storewatch.version", "1"], ["storewatch.windows", "last_hour"]]);
  const bytes = tableToIPC(new Table({ ...schema, metadata }, children), { format: "stream" });
  const read = decodeResult(bytes ?? assert.fail());
  assert.deepEqual([read.storeIds, read.column("last_hour", "up")], [["7"], Float64Array.of(60)]);
  assert.deepEqual([read.column("last_hour", "observed"), read.text("timezone")], [undefined, undefined]);
  assert.equal(read.pollAge, undefined);
});

Deno.test("a file of another version is refused, and names both", () => {
  const bytes = bytesOf([]);
  const name = new TextEncoder().encode("storewatch.version");
  const other = bytes.slice();
  const at = other.findIndex((_, index) => name.every((byte, offset) => other[index + offset] === byte));
  other[at] = "S".charCodeAt(0);
  assert.throws(() => decodeResult(other), /version undefined, but this program reads 1/);
});

Deno.test("the classic CSV of a report that has no result file is read back, quotes and commas too", () => {
  const ids = ["plain", "a,b", 'with "quotes"', "é"];
  const rows = ids.map((id, index) => {
    const hour = measuresWith({ up: 3_600_000_000 - index * 60_000_000, down: index * 60_000_000 });
    return [id, [hour, hour, hour]] as const;
  });
  const csv = `header\n${classicCsv(columnsOf(rows), 6)}`;
  const read = resultOfCsv(csv);
  assert.deepEqual(read.storeIds, ids);
  assert.equal(classicCsv(read, 6), classicCsv(columnsOf(rows), 6));
  assert.equal(read.column("last_day", "observed"), undefined, "the CSV does not say how much was observed");
});
