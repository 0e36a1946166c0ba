// Serves the app without a database until its standard input ends; Deno traces it if OTEL_DENO says so.
import { connect } from "../../src/db/connection/client.ts";
import { ReportEvents } from "../../src/db/reports/events.ts";
import { createApp } from "../../src/http/app.ts";
import { serve } from "../../src/http/serve.ts";
import { silentLog } from "../../src/log.ts";
import { RULES } from "./rules.ts";

const sql = connect({ host: "/nowhere" });
const events = new ReportEvents(sql, silentLog);
const queue = { send: () => Promise.resolve(), work: () => Promise.resolve(), close: () => Promise.resolve() };
const app = createApp({ sql, queue, events, log: silentLog, reportsFolder: "", version: "test", zoneRules: RULES });
const stop = new AbortController();
const served = serve(app, {
  host: "127.0.0.1",
  port: 0,
  log: silentLog,
  signal: stop.signal,
  endStreams: () => events.close(),
  onListen: (url) => console.log(url),
});
for await (const _ of Deno.stdin.readable);
stop.abort();
await served;
