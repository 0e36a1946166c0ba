import { connect } from "../../src/db/connection/client.ts";
import { ReportEvents } from "../../src/db/reports/events.ts";
import { createApp } from "../../src/http/app.ts";
import { silentLog } from "../../src/log.ts";
import { RULES } from "./rules.ts";

/** What the documentation reads of the OpenAPI document. */
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary?: string } | undefined>>>>;
}

/** The OpenAPI document, for which the app needs no database. */
export async function readOpenApi(): Promise<OpenApi> {
  const sql = connect({ host: "/nowhere" });
  try {
    const events = new ReportEvents(sql, silentLog);
    const queue = { send: () => Promise.resolve(), work: () => Promise.resolve(), close: () => Promise.resolve() };
    const app = createApp({
      sql,
      queue,
      events,
      log: silentLog,
      reportsFolder: "",
      version: "0.0.0",
      zoneRules: RULES,
      // Otherwise the app asks the database whether there are keys.
      access: { isInsecure: true },
    });
    return await (await app.request("/openapi.json")).json();
  } finally {
    await sql.end({ timeout: 0 });
  }
}
