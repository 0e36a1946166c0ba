// Loads a file of so many megabytes, of the same few polls again and again, and says how much memory it took.
import { importFile } from "../../src/ingest/import_file.ts";
import { POLLS } from "./csv_file.ts";
import { openTestDatabase } from "./database.ts";
import { RULES } from "./rules.ts";

const MEGABYTE = 1_048_576;

function* endlessPolls(megabytes: number): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const fraction = (index: number) => String(index).padStart(3, "0");
  const rows = Array.from({ length: 1_000 }, (_, i) => `s${i % 50},active,2023-01-25 12:00:00.${fraction(i)} UTC\n`);
  const chunk = encoder.encode(rows.join(""));
  yield encoder.encode(`${POLLS}\n`);
  for (let sent = 0; sent < megabytes * MEGABYTE; sent += chunk.length) yield chunk;
}

const { sql, close } = await openTestDatabase();
const before = Deno.memoryUsage().rss;
let most = before;
const { changed } = await importFile(sql, {
  zoneRules: RULES,
  source: "endless.csv",
  body: ReadableStream.from(endlessPolls(Number(Deno.args[0]))),
  onProgress: () => {
    most = Math.max(most, Deno.memoryUsage().rss);
  },
});
console.log(JSON.stringify({ changed, grownBy: Math.round((most - before) / MEGABYTE) }));
await close();
