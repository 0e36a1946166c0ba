// Prints the OpenAPI document, for which the app needs no database.
import { connect } from "../../src/db/connection/client.ts";
import { ReportEvents } from "../../src/db/reports/events.ts";
import { createApp } from "../../src/http/app.ts";
import { silentLog } from "../../src/log.ts";
import { RULES } from "./rules.ts";

const sql = connect({ host: "/nowhere" });
const events = new ReportEvents(sql, silentLog);
const queue = {
  send: () => Promise.resolve(),
  work: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
const app = createApp({
  sql,
  queue,
  events,
  log: silentLog,
  reportsFolder: "",
  version: "0.0.0",
  rules: RULES,
});
console.log(await (await app.request("/openapi.json")).text());
Deno.exit();
