import assert from "node:assert/strict";
import { AllowedHosts } from "../../src/http/guard/allowed_hosts.ts";
import { readHead, sendRaw, startServer } from "../support/http_server.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const LISTENS_ON_LOOPBACK = ["localhost", "localhost:8000", "LOCALHOST.:9", "127.0.0.1", "127.0.0.1:8000"];
const FOREIGN = [
  "evil.example",
  "evil.example:8000",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "evil.localhost",
  "localhost@evil.example",
  "10.0.0.7",
  "[::1]:8000",
  "0.0.0.0:8000",
  "",
  ":8000",
  "null",
];

Deno.test("after DNS rebinding a page of another site reads, asks for and deletes nothing", async (t) => {
  await using service = await openService();
  const { app, sent } = service;
  const id = await service.report();
  const ask = (host: string, method: string, path: string, accept = "*/*") =>
    app.request(path, { method, headers: { host, accept, "sec-fetch-site": "same-origin" } });
  const requests = [
    ["GET", "/"],
    ["GET", "/reports"],
    ["GET", "/stores"],
    ["GET", `/get_report/${id}`],
    ["GET", `/reports/${id}/events`],
    ["GET", "/openapi.json"],
    ["GET", "/docs"],
    ["GET", "/nowhere"],
    ["GET", "/healthz/x"],
    ["GET", "/trigger_report"],
    ["POST", "/trigger_report"],
    ["POST", "/polls"],
    ["POST", "/new-report"],
    ["OPTIONS", "/reports"],
    ["DELETE", `/reports/${id}`],
  ] as const;

  for (const [method, path] of requests) {
    await t.step(`${method} ${path.replace(id, "{id}")} is answered with 421`, async () => {
      const before = sent.length;
      for (const host of FOREIGN) {
        const answer = await ask(host, method, path);
        assert.deepEqual([answer.status, (await jsonOf(answer)).type], [421, "/problems/misdirected-request"], host);
      }
      assert.equal(sent.length, before);
    });
  }

  await t.step("a visitor sees on a page what to do", async () => {
    const answer = await ask("shop.example", "GET", "/reports", "text/html");
    assert.equal(answer.headers.get("content-type"), "text/html; charset=utf-8");
    assert.match(await answer.text(), /shop\.example.*ALLOWED_HOSTS/s);
  });

  await t.step("probes and scrapers may use any name", async () => {
    for (const host of FOREIGN) {
      for (const path of ["/healthz", "/healthz/", "/health", "/readyz", "/metrics"]) {
        assert.equal(await statusOf(ask(host, "GET", path)), 200, `${host} ${path}`);
      }
    }
  });

  await t.step("the service's own names pass, however they are written", async () => {
    for (const host of LISTENS_ON_LOOPBACK) assert.equal(await statusOf(ask(host, "GET", "/reports")), 200, host);
    assert.equal(await statusOf(app.request("/reports")), 200);
  });

  await t.step("an address that names another host than the header does is refused as well", async () => {
    const headers = { host: "localhost" };
    assert.equal(await statusOf(app.request("http://evil.example/reports", { headers })), 421);
  });
});

Deno.test("the hosts that pass", async (t) => {
  const cases: [about: string, hosts: AllowedHosts, pass: string[], refused: string[]][] = [
    [
      "an IPv6 address",
      new AllowedHosts({ host: "::1", allowedHosts: [] }),
      ["[::1]", "[::1]:8000", "[0:0:0:0:0:0:0:1]:80", "localhost"],
      ["127.0.0.1", "[::2]:8000"],
    ],
    [
      "ALLOWED_HOSTS, with any port",
      new AllowedHosts({ host: "127.0.0.1", allowedHosts: ["Storewatch.example.com", "10.0.0.7", "fd00::7"] }),
      ["storewatch.example.com", "STOREWATCH.EXAMPLE.COM.:8443", "10.0.0.7:80", "[fd00::7]:80", "127.0.0.1"],
      ["example.com", "a.storewatch.example.com", "10.0.0.8", "*"],
    ],
    [
      "every address of a machine that listens on all of them, but no name",
      new AllowedHosts({ host: "0.0.0.0", allowedHosts: [] }),
      ["192.168.1.20:8000", "[fd00::7]:8000", "127.0.0.1", "0.0.0.0:8000", "localhost"],
      ["evil.example:8000", "storewatch"],
    ],
    ["the same on IPv6", new AllowedHosts({ host: "::", allowedHosts: [] }), ["10.0.0.7", "[::1]:80"], [
      "evil.example",
    ]],
    ["* is all", new AllowedHosts({ host: "127.0.0.1", allowedHosts: ["*"] }), ["evil.example", "", "a b"], []],
  ];
  for (const [about, hosts, pass, refused] of cases) {
    await t.step(about, () => {
      for (const host of pass) assert.ok(hosts.has(host), host);
      for (const host of refused) assert.ok(!hosts.has(host), host);
    });
  }

  await t.step("the address behind a name that the service listens on", () => {
    const hosts = new AllowedHosts({ host: "storewatch.internal", allowedHosts: [] });
    assert.ok(hosts.has("storewatch.internal:8000") && !hosts.has("10.0.0.7:8000"));
    hosts.add("10.0.0.7:8000");
    assert.ok(hosts.has("10.0.0.7:9000"));
  });
});

Deno.test("hosts on the wire", async () => {
  await using server = await startServer();
  const heads: [head: string, status: RegExp][] = [
    ["GET /reports HTTP/1.0\r\n\r\n", / 200 /],
    ["GET /reports HTTP/1.0\r\nHost: evil.example\r\n\r\n", / 421 /],
    ["GET /reports HTTP/1.1\r\nHost: localhost:1\r\n\r\n", / 200 /],
    ["GET /reports HTTP/1.1\r\nHost:\r\n\r\n", / 421 /],
    ["GET /reports HTTP/1.1\r\nHost: evil.example\r\n\r\n", / 421 /],
    ["GET http://evil.example/reports HTTP/1.1\r\nHost: localhost\r\n\r\n", / 421 /],
    ["GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n", / 200 /],
  ];
  for (const [head, status] of heads) {
    using connection = await sendRaw(server.url, head);
    const [line = ""] = (await readHead(connection, 30_000)).split("\r\n");
    assert.match(line, status, head);
  }
});
