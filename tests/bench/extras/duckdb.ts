// A DuckDB in a process of its own, so that nothing but the bench fetches it. Reads lines of JSON, answers each with one:
// {"setup": [statements]} or {"time": statement} or {"rows": statement}; the time is that until all rows are here.
import { DuckDBInstance } from "@duckdb/node-api";

type Order = { setup: string[] } | { time: string } | { rows: string };

const [threads = "2"] = Deno.args;
const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
await connection.run("set timezone = 'UTC'");

async function obey(order: Order): Promise<unknown> {
  if ("setup" in order) {
    for (const statement of order.setup) await connection.run(statement);
    return null;
  }
  if ("rows" in order) return (await connection.runAndReadAll(order.rows)).getRowsJson();
  const begun = performance.now();
  await connection.runAndReadAll(order.time);
  return performance.now() - begun;
}

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
let rest = "";
for await (const text of lines) {
  const parts = (rest + text).split("\n");
  rest = parts.pop() ?? "";
  for (const part of parts) {
    const order: Order = JSON.parse(part);
    const answer = await obey(order).then((result) => ({ result }), (error) => ({ error: String(error) }));
    console.log(JSON.stringify(answer));
  }
}
