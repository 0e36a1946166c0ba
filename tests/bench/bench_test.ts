import assert from "node:assert/strict";
import { BENCHES } from "./benches.ts";
import { BenchContext } from "./context.ts";
import { isDuckDbHere } from "./duckdb.ts";
import { isHistoryHere } from "./git.ts";
import { resultTable } from "./result.ts";
import { describeMachine } from "./machine.ts";

/** Whether each bench runs, not how fast: a busy machine must not fail a test. DuckDB is not fetched for it, nor a git history. */
Deno.test("every bench runs, on a small fleet", async (test) => {
  const size = { stores: 200, days: 2, runs: 1, seconds: 0.3, crowd: 3, bodyBytes: 100_000 };
  await using context = await BenchContext.open({ ...size, large: false, against: "HEAD", tell: () => {} });
  const missing = new Set<string>();
  if (!(await isDuckDbHere())) missing.add("B2");
  if (!(await isHistoryHere())) missing.add("B14");
  for (const bench of BENCHES) {
    await test.step({
      name: `${bench.id}: ${bench.name}`,
      ignore: missing.has(bench.id),
      fn: async () => {
        const outcome = await bench.run(context);
        for (const { value } of outcome.measures) assert(value > 0);
        const machine = await describeMachine();
        const result = { date: "", command: "", machine, postgres: "", size, benches: [{ ...bench, ...outcome }] };
        assert.match(resultTable({ ...result, plots: [] }), new RegExp(`^\\| ${bench.id} \\|`, "m"));
      },
    });
  }
});
