// Uses the embedded Postgres of a data folder until its standard input ends, and says when it has started.
import { openEmbeddedPostgres } from "../../src/postgres_embedded/embedded.ts";

const [dataFolder = ""] = Deno.args;
const embedded = await openEmbeddedPostgres(dataFolder);
console.log(JSON.stringify(embedded));
for await (const _ of Deno.stdin.readable);
await embedded.close();
