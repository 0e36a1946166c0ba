// Opens the database as a service does, and says what this thread and a worker can do then.
import { readConfig } from "../../../src/config.ts";
import { openDatabase } from "../../../src/command/database.ts";
import { computingRights } from "../../../workers/rights.ts";
import { attempts } from "./attempts.ts";
import source from "./attempts.ts" with { type: "text" };

const [, root = "", port = ""] = Deno.args;
const config = readConfig();
await using database = await openDatabase(config);
const [needed] = await database.sql`select 1 as one`;
await Deno.mkdir(`${config.reportsFolder}/folder`, { recursive: true });
const main = await attempts(root, Number(port));

// A text, since a worker may read no file of a test.
const code = `${source} self.onmessage = async ({ data }) => self.postMessage(await attempts(...data));`;
const script = URL.createObjectURL(new Blob([code], { type: "application/typescript" }));
const worker = new Worker(script, { type: "module", deno: { permissions: computingRights(database.address) } });
const { promise: answered, resolve, reject } = Promise.withResolvers<unknown>();
worker.onmessage = ({ data }) => resolve(data);
worker.onerror = (event) => reject(new Error(event.message));
worker.postMessage([root, Number(port)]);
console.log(JSON.stringify({ needed, main, worker: await answered }));
worker.terminate();
