import { putStores } from "../support/fleet.ts";
import { jsonOf, type TestService, trigger } from "../support/http_service.ts";
import { calendarCases, type Case } from "./calendar_cases.ts";

const JSON_TYPE = { "content-type": "application/json" };
const CSV_TYPE = { "content-type": "text/csv" };

/** Good and bad input for every operation of the document. */
export async function contractCases(service: TestService): Promise<Record<string, Case[]>> {
  const completed = await service.report();
  const started = await trigger(service.app);
  const failed = await trigger(service.app);
  await service
    .sql`update reports set status = 'Failed', reason = 'x', finished_at = now() where report_id = ${failed}`;
  const nobody = crypto.randomUUID();
  const json = (body: unknown): RequestInit => ({ body: JSON.stringify(body), headers: JSON_TYPE });
  const csv = (body: string): RequestInit => ({ body, headers: CSV_TYPE });
  await putStores(service.sql, [{ id: "doomed" }]);
  const poll = { store_id: "a", status: "active", timestamp_utc: "2023-01-25T00:00:00Z" };
  const imported = await jsonOf(
    await service.app.request("/imports/timezones", { method: "POST", ...csv("store_id,timezone_str\na,Mars\n") }),
  );
  const foreign = { headers: { "sec-fetch-site": "cross-site" } };
  const triggers = (path: string, status: number): Case[] => [
    [status, path],
    [status, path, json({ method: "clock", precision: 6, as_of: "2023-01-25T00:00:00.5+01:00" })],
    [status, path, { headers: { "idempotency-key": `key:${path}` } }],
    [422, path, json({ precision: 7 })],
    [422, `${path}?x=1`],
    [400, path, { body: "{", headers: JSON_TYPE }],
    [413, path, json({ as_of: "x".repeat(2_000) })],
    [415, path, { body: "x", headers: { "content-type": "text/plain" } }],
    [403, path, foreign],
  ];
  const files = (name: string): Case[] => [
    [200, `/reports/${completed}/${name}`],
    [206, `/reports/${completed}/${name}`, { headers: { range: "bytes=0-3" } }],
    [304, `/reports/${completed}/${name}`, { headers: { "if-none-match": "*" } }],
    [416, `/reports/${completed}/${name}`, { headers: { range: "bytes=999999-" } }],
    [404, `/reports/${nobody}/${name}`],
    [409, `/reports/${started}/${name}`],
    [409, `/reports/${failed}/${name}`],
  ];
  const rows = (name: string): Case[] => [
    [200, `/reports/${completed}/${name}`],
    [304, `/reports/${completed}/${name}`, { headers: { "if-none-match": "*" } }],
    [404, `/reports/${nobody}/${name}`],
    [409, `/reports/${started}/${name}`],
    [409, `/reports/${failed}/${name}`],
    [412, `/reports/${completed}/${name}`, { headers: { "if-match": '"other"' } }],
  ];
  const gets = (by: (id: string) => string): Case[] => [
    [200, by(started)],
    [200, by(failed)],
    [200, by(completed)],
    [200, by(completed), { headers: { accept: "application/json" } }],
    [206, by(completed), { headers: { range: "bytes=-3" } }],
    [304, by(completed), { headers: { "if-none-match": "*" } }],
    [406, by(completed), { headers: { accept: "image/png" } }],
    [416, by(completed), { headers: { range: "bytes=999999-" } }],
    [404, by(nobody)],
    [404, by("1")],
  ];
  return {
    ...await calendarCases(service),
    triggerReport: triggers("/trigger_report", 200),
    createReport: triggers("/reports", 202),
    triggerReportByGet: [
      [200, "/trigger_report?precision=0"],
      [422, "/trigger_report?precision=-1"],
      [403, "/trigger_report", foreign],
    ],
    getReport: [...gets((id) => `/get_report/${id}`), [422, `/get_report/${completed}?format=x`]],
    getReportByQuery: [...gets((id) => `/get_report?report_id=${id}`), [400, "/get_report"]],
    listReports: [[200, "/reports"], [200, "/reports?limit=1"], [422, "/reports?limit=0"], [422, "/reports?cursor=x"]],
    showReport: [[200, `/reports/${started}`], [200, `/reports/${completed}`], [404, `/reports/${nobody}`]],
    followReport: [
      [200, `/reports/${completed}/events`],
      [204, `/reports/${completed}/events`, { headers: { "last-event-id": "Completed-3-3" } }],
      [404, `/reports/${nobody}/events`],
    ],
    downloadReport: files("report.csv"),
    downloadPerformance: files("performance.csv"),
    downloadRows: rows("rows.csv"),
    downloadRowsAsJson: rows("rows.ndjson"),
    downloadRowsAsParquet: files("rows.parquet"),
    downloadWorkbook: files("report.xlsx"),
    downloadTotals: rows("totals.csv"),
    downloadTotalsAsJson: rows("totals.ndjson"),
    verifyReport: [
      [200, `/reports/${completed}/verify`],
      [404, `/reports/${nobody}/verify`],
      [409, `/reports/${started}/verify`],
      [409, `/reports/${failed}/verify`],
      [403, `/reports/${completed}/verify`, foreign],
    ],
    importFile: [
      [200, "/imports/hours", csv("store_id,day,start_time_local,end_time_local\na,0,09:00,17:00\na,9,,\n")],
      [422, "/imports/hours", csv("x")],
      [422, "/imports/x", csv("x")],
      [400, "/imports/hours", { body: "x", headers: { "content-type": "multipart/form-data" } }],
      [415, "/imports/hours", { body: "x", headers: { "content-type": "text/plain" } }],
      [422, "/imports/hours", json({})],
      [403, "/imports/hours", foreign],
    ],
    importAnyFile: [
      [200, "/imports", csv("store_id,timezone_str\na,UTC\nb,Nowhere\n")],
      [200, "/imports?check=true&max_rejects=50%25", csv("store_id,timezone_str\na,UTC\nb,Nowhere\n")],
      [422, "/imports", csv("x")],
      [422, "/imports?check=true", csv("x")],
      [400, "/imports", { body: "x", headers: { "content-type": "multipart/form-data" } }],
      [415, "/imports", { body: "x", headers: { "content-type": "text/plain" } }],
      [422, "/imports", json({})],
      [403, "/imports", foreign],
    ],
    showImport: [
      [200, `/imports/${imported.import_id}`],
      [404, `/imports/${nobody}`],
    ],
    listImports: [
      [200, "/imports"],
      [200, "/imports?limit=1"],
      [422, "/imports?limit=0"],
      [422, "/imports?cursor=x"],
    ],
    downloadRejects: [[200, `${imported.rejects_url}`], [404, `/imports/${nobody}/rejects.csv`]],
    ingestPolls: [
      [200, "/polls", json(poll)],
      [200, "/polls", json([poll, 1])],
      [200, "/polls", { body: "{}\n[]", headers: { "content-type": "application/x-ndjson" } }],
      [400, "/polls", { body: "", headers: JSON_TYPE }],
      [413, "/polls", json("x".repeat(2_000))],
      [415, "/polls", { body: "x", headers: CSV_TYPE }],
      [422, "/polls", json(1)],
      [403, "/polls", foreign],
    ],
    listStores: [
      [200, "/stores"],
      [200, "/stores?state=down"],
      [422, "/stores?state=x"],
      [200, "/stores?q=1&limit=1"],
      [200, "/stores?where=region:West,brand:Wraps"],
      [422, "/stores?where=:West"],
      [422, "/stores?limit=x"],
    ],
    showTimeline: [
      [200, "/stores/1000000000000000001/timeline"],
      [200, "/stores/1000000000000000002/timeline?method=clock&as_of=2023-01-25T09:30:00Z"],
      [404, "/stores/nobody/timeline"],
      [200, "/stores/1000000000000000001/timeline?method=observed&stale_after=PT30M"],
      [422, "/stores/1000000000000000001/timeline?method=x"],
      [422, "/stores/1000000000000000001/timeline?stale_after=P1M"],
    ],
    removeStore: [
      [204, "/stores/doomed"],
      [404, "/stores/nobody"],
      [403, "/stores/doomed", foreign],
    ],
    showStore: [[200, "/stores/1000000000000000001"], [200, "/stores/a"], [404, "/stores/nobody"]],
    showService: [[200, "/"], [200, "/", { headers: { accept: "*/*" } }]],
    isAlive: [[200, "/healthz"]],
    isHealthy: [[200, "/health"]],
    isReady: [[200, "/readyz"]],
    readMetrics: [[200, "/metrics"]],
    deleteReport: [
      [200, `/reports/${await trigger(service.app)}`],
      [204, `/reports/${await service.report()}`],
      [404, `/reports/${nobody}`],
      [403, `/reports/${nobody}`, foreign],
    ],
  };
}
