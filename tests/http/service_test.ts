import assert from "node:assert/strict";
import { hc } from "hono/client";
import type { App } from "../../src/http/app.ts";
import { openTestDatabase } from "../support/database.ts";
import { readHead, sendRaw, startServer, write } from "../support/http_server.ts";
import { until } from "../support/until.ts";
import { startWholeService } from "../support/whole_service.ts";

const POLLS = "store_id,status,timestamp_utc\na,active,2023-01-25 09:00:00 UTC\nb,inactive,2023-01-25 09:00:00 UTC\n";

Deno.test("upload, trigger, follow, download in two parts, list and delete, with the typed client", async () => {
  const database = await openTestDatabase();
  await using unless = new AsyncDisposableStack();
  unless.defer(() => database.close());
  const service = unless.use(await startWholeService(database.address));
  const client = hc<App>(service.url);

  const headers = { "content-type": "text/csv" };
  const load = await client.imports[":kind"].$post({ param: { kind: "polls" }, query: {} }, {
    init: { headers, body: POLLS },
  });
  assert.ok(load.status === 200);
  const loaded = await load.json();
  assert.equal("accepted" in loaded ? loaded.accepted : undefined, 2);

  const live = await client.polls.$post({
    json: { store_id: "c", status: "active", timestamp_utc: "2023-01-25T09:30:00Z" },
  });
  assert.ok(live.status === 200);
  assert.equal((await live.json()).changed, 1);

  const triggered = await client.trigger_report.$post({
    query: {},
    header: {},
    json: { method: "step", precision: 1 },
  });
  assert.ok(triggered.status === 200);
  const { report_id } = await triggered.json();
  const param = { report_id };

  const events = await (await client.reports[":report_id"].events.$get({ param })).text();
  assert.match(events, /event: completed\ndata: \{.*"status":"Completed"/);

  const url = `${service.url}/get_report/${report_id}`;
  const start = await fetch(url, { headers: { range: "bytes=0-49" } });
  const etag = String(start.headers.get("etag"));
  const rest = await fetch(url, { headers: { range: "bytes=50-", "if-range": etag } });
  assert.deepEqual([start.status, rest.status], [206, 206]);
  const csv = await start.text() + await rest.text();
  assert.equal(
    csv.split("\n").slice(1).join("\n"),
    "a,60.0,24.0,168.0,0.0,0.0,0.0\nb,30.0,23.5,167.5,30.0,0.5,0.5\nc,60.0,24.0,168.0,0.0,0.0,0.0\n",
  );

  const shown = await client.reports[":report_id"].$get({ param });
  assert.ok(shown.status === 200);
  const report = await shown.json();
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(csv))).toHex();
  assert.deepEqual([report.sha256, report.rows, report.timing?.chunks.length], [hash, 3, 3]);

  const listed = await client.reports.$get({ query: { limit: "1" } });
  assert.ok(listed.status === 200);
  assert.deepEqual((await listed.json()).reports.map(({ report_id }) => report_id), [report_id]);

  assert.equal((await client.reports[":report_id"].$delete({ param })).status, 204);
  const gone = await client.reports[":report_id"].$get({ param });
  assert.equal(gone.status, 404);
  await gone.text();
});

Deno.test("a client that goes away in the middle of an upload leaves nothing behind", async () => {
  await using server = await startServer();
  const { sql } = server.service;
  const form = '--x\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n';
  for (const [type, body] of [["text/csv", POLLS], ["multipart/form-data; boundary=x", form + POLLS]]) {
    const head =
      `POST /imports/polls HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const many = `${body}${"z,active,2023-01-25 09:00:00 UTC\n".repeat(20_000)}`;
    const connection = await sendRaw(server.url, `${head}${many.length.toString(16)}\r\n${many}\r\n`);
    await until(async () => (await busy(server.service.sql)) === 1, "the import has started");
    connection.close();
    await until(async () => (await busy(sql)) === 0, "the import has ended");
  }
  const [row] = await sql`
    select (select count(*) from imports) as imports, (select count(*) from stores where store_id in ('a', 'z')) as stores`;
  assert.deepEqual({ ...row }, { imports: 0, stores: 0 });
});

async function busy(sql: Awaited<ReturnType<typeof openTestDatabase>>["sql"]): Promise<number> {
  const [row] = await sql<{ busy: number }[]>`select count(*)::integer as busy from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and backend_type = 'client backend'`;
  return row?.busy ?? 0;
}

Deno.test("Expect: 100-continue is answered before the body comes", async () => {
  await using server = await startServer();
  using welcome = await sendRaw(
    server.url,
    `POST /imports/polls HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: ${POLLS.length}\r\n` +
      "Expect: 100-continue\r\nConnection: close\r\n\r\n",
  );
  assert.match(await readHead(welcome, 30_000), /^HTTP\/1\.1 100 Continue\r\n/);
  await write(welcome, POLLS);
  assert.match(await readHead(welcome, 30_000), /^HTTP\/1\.1 200 OK\r\n/);
});

Deno.test("a service that is stopped ends its event streams, and lets answers under way be finished", async () => {
  await using server = await startServer();
  const id = await server.service.report("?precision=6");
  const waiting = await (await fetch(`${server.url}/trigger_report`)).json();
  const stream = await fetch(`${server.url}/reports/${waiting.report_id}/events`);
  const events = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!(await events?.read())?.value?.includes("event: progress"));
  const download = await fetch(`${server.url}/get_report/${id}`);
  const begun = performance.now();
  const [end, csv] = await Promise.all([events?.read(), download.text(), server.stop()]);
  assert.ok(performance.now() - begun < 8_000, "less than the ten seconds of grace");
  assert.equal(end?.done, true);
  assert.equal(csv.trimEnd().split("\n").length, 4);
  await assert.rejects(fetch(`${server.url}/healthz`));
});
