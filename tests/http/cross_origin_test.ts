import assert from "node:assert/strict";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const HOST = "127.0.0.1:8000";
const FOREIGN: Record<string, string>[] = [
  { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" },
  { "sec-fetch-site": "cross-site", origin: `http://${HOST}` },
  { origin: "https://evil.example" },
  { origin: "http://127.0.0.1:3000" },
  { origin: "null" },
];
const OURS: Record<string, string>[] = [
  {},
  { "sec-fetch-site": "same-origin", origin: `http://${HOST}` },
  // An address that a visitor typed.
  { "sec-fetch-site": "none" },
  { origin: `http://${HOST}` },
  // A proxy took TLS off.
  { origin: `https://${HOST}` },
];

Deno.test("pages of other origins", async (t) => {
  await using service = await openService();
  const { app, sent, sql } = service;
  const report = await service.report();
  const ask = (method: string, path: string, headers: Record<string, string>, body?: BodyInit) =>
    app.request(path, { method, headers: { host: HOST, ...headers }, ...(body === undefined ? {} : { body }) });
  const file = () => {
    const form = new FormData();
    form.set("file", new Blob(["store_id,timezone_str\nevil,UTC\n"]), "timezones.csv");
    return form;
  };
  const polls = JSON.stringify({ store_id: "evil", status: "active", timestamp_utc: "2023-01-25T00:00:00Z" });
  const changing: [method: string, path: string, body?: () => BodyInit][] = [
    ["GET", "/trigger_report"],
    ["GET", "/trigger_report/"],
    ["GET", "/trigger%5Freport"],
    ["HEAD", "/trigger_report"],
    ["POST", "/trigger_report"],
    ["POST", "/reports"],
    ["POST", "/imports", file],
    ["POST", "/imports/timezones", file],
    ["POST", "/polls", () => polls],
    ["POST", "/sample"],
    ["POST", "/new-report"],
    ["POST", `/reports/${report}/cancel`],
    ["POST", "/stores/nobody/remove"],
    ["DELETE", "/stores/nobody"],
    ["DELETE", `/reports/${report}`],
  ];

  for (const [method, path, body] of changing) {
    await t.step(`may not do ${method} ${path.replace(report, "{id}")}`, async () => {
      const before = sent.length;
      for (const headers of FOREIGN) {
        const answer = await ask(method, path, headers, body?.());
        assert.equal(answer.status, 403, JSON.stringify(headers));
        if (method !== "HEAD") assert.equal((await jsonOf(answer)).type, "/problems/cross-origin");
      }
      const [row] = await sql`select count(*)::integer as stores from stores where store_id = 'evil'`;
      assert.deepEqual([sent.length, row?.stores], [before, 0]);
    });
  }

  await t.step("may link to what only reads", async () => {
    for (const headers of FOREIGN) {
      for (const path of ["/", "/reports", `/get_report/${report}`, "/healthz"]) {
        assert.equal(await statusOf(ask("GET", path, headers)), 200, path);
      }
    }
  });

  await t.step("get the reason on a page", async () => {
    const answer = await ask("POST", "/imports", { "sec-fetch-site": "cross-site", accept: "text/html" }, file());
    assert.deepEqual([answer.status, answer.headers.get("content-type")], [403, "text/html; charset=utf-8"]);
    assert.match(await answer.text(), /This request came from another website/);
  });

  await t.step("are the only ones: our own pages, visitors and programs may do it", async () => {
    for (const headers of OURS) {
      const about = JSON.stringify(headers);
      assert.equal(await statusOf(ask("GET", "/trigger_report", headers)), 200, about);
      assert.equal(await statusOf(ask("POST", "/trigger_report", headers)), 200, about);
      assert.equal(await statusOf(ask("POST", "/imports/timezones", headers, file())), 200, about);
    }
  });
});
