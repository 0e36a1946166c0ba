/** The first table of docs/old-clients.md: a test for each of its lines. */
import assert from "node:assert/strict";
import { putStores } from "../support/fleet.ts";
import { FLEET, jsonOf, openService } from "../support/http_service.ts";
import { openSite } from "../support/site.ts";

const HEADER =
  "store_id,uptime_last_hour,uptime_last_day,uptime_last_week,downtime_last_hour,downtime_last_day,downtime_last_week";

Deno.test("old clients keep working", async (t) => {
  await using service = await openService();
  const { app, make, report } = service;
  const idOf = async (answer: Response | Promise<Response>) => String((await jsonOf(await answer)).report_id);

  await t.step("POST /trigger_report without a body, as curl -X POST does", async () => {
    assert.ok(await idOf(app.request("/trigger_report", { method: "POST" })));
  });

  await t.step("POST /trigger_report with an empty form, as curl -d '' and many libraries do", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    assert.ok(await idOf(app.request("/trigger_report", { method: "POST", headers, body: "" })));
  });

  await t.step("POST /trigger_report with {} as JSON, as requests.post(url, json={}) does", async () => {
    const headers = { "content-type": "application/json" };
    assert.ok(await idOf(app.request("/trigger_report", { method: "POST", headers, body: "{}" })));
  });

  await t.step("GET /trigger_report, as a browser does", async () => {
    assert.ok(await idOf(app.request("/trigger_report")));
  });

  await t.step("a slash at the end, as Django's clients do", async () => {
    assert.ok(await idOf(app.request("/trigger_report/", { method: "POST" })));
    const answer = await app.request(`/get_report/${await report()}/`);
    assert.equal((await answer.text()).split("\n")[0], HEADER);
  });

  await t.step("GET /get_report/{id}, and GET /get_report?report_id=", async () => {
    const id = await report();
    for (const path of [`/get_report/${id}`, `/get_report?report_id=${id}`]) {
      const answer = await app.request(path);
      assert.equal((await answer.text()).trimEnd().split("\n").length, 1 + FLEET.length);
    }
  });

  await t.step("asks again and again until status is no longer Running, then reads CSV", async () => {
    const id = await idOf(app.request("/trigger_report"));
    const ask = () => app.request(`/get_report/${id}`);
    assert.equal((await jsonOf(await ask())).status, "Started");
    await make(id);
    assert.match(String((await ask()).headers.get("content-type")), /^text\/csv/);
  });

  await t.step("wants the status only: ?format=json", async () => {
    const { status } = await jsonOf(await app.request(`/get_report/${await report()}?format=json`));
    assert.equal(status, "Completed");
  });

  await t.step("wants the status only: Accept: application/json", async () => {
    const headers = { accept: "application/json" };
    assert.equal((await jsonOf(await app.request(`/get_report/${await report()}`, { headers }))).status, "Completed");
  });

  await t.step(
    "sends Accept: application/json, text/plain, */* (axios) or Accept: */* (fetch, curl) and wants CSV",
    async () => {
      const id = await report();
      for (const accept of ["application/json, text/plain, */*", "*/*"]) {
        const answer = await app.request(`/get_report/${id}`, { headers: { accept } });
        assert.equal((await answer.text()).split("\n")[0], HEADER);
      }
    },
  );

  await t.step("sends parameters that the service does not need, such as a cache buster, to get_report", async () => {
    const answer = await app.request(`/get_report/${await report()}?_=1674669202`);
    assert.equal(answer.status, 200);
    await answer.body?.cancel();
  });

  await t.step("asks for an id that was never given out, and reads status", async () => {
    const answer = await app.request("/get_report/42");
    const { report_id, status, detail } = await jsonOf(answer);
    assert.deepEqual([answer.status, report_id, status], [404, "42", "Not Found"]);
    assert.match(String(detail), /^No report has this id/);
  });

  await t.step("asks /health, with or without a slash, before all else", async () => {
    for (const path of ["/health", "/health/", "/healthz"]) {
      const answer = await app.request(path);
      assert.deepEqual([answer.status, (await jsonOf(answer)).status], [200, "ok"]);
    }
  });

  await t.step("reads JSON at /, as scripts do before they begin", async () => {
    for (const accept of [undefined, "*/*", "application/json", "application/json, text/plain, */*"]) {
      const answer = await app.request("/", { headers: accept === undefined ? {} : { accept } });
      const { name, links } = await jsonOf(answer);
      assert.deepEqual([answer.status, answer.headers.get("vary"), name], [200, "Accept", "Storewatch"]);
      assert.ok(links);
    }
    const browser = await app.request("/", { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
    assert.equal(browser.headers.get("content-type"), "text/html; charset=utf-8");
    await browser.body?.cancel();
  });
});

/** Asks without a pause until something else than the word comes, as a loop around `get_report` does. */
async function askWhile(word: string, address: string): Promise<{ answers: number; last: Response }> {
  for (let answers = 0;; answers++) {
    const answer = await fetch(address);
    // React pages compare the whole header.
    if (answer.headers.get("content-type") !== "application/json") return { answers, last: answer };
    const { status } = await jsonOf(answer);
    assert.equal(status, word, `answer ${answers + 1}`);
  }
}

Deno.test("old clients that do not pause see one word until the CSV comes", async (t) => {
  await using site = await openSite();
  await putStores(site.sql, FLEET);
  site.slowness = 150;

  const clients: [name: string, method: string, word: string, address: (id: string) => string][] = [
    ["a script that posts, then loops while status is Running", "POST", "Running", (id) => `/get_report/${id}`],
    ["a page that gets, then loops while status is Started", "GET", "Started", (id) => `/get_report?report_id=${id}`],
  ];
  for (const [name, method, word, address] of clients) {
    await t.step(name, async () => {
      const triggered = await fetch(`${site.url}/trigger_report`, { method });
      assert.equal(triggered.status, 200);
      const { report_id } = await jsonOf(triggered);
      const { answers, last } = await askWhile(word, site.url + address(String(report_id)));
      assert.ok(answers > 0);
      assert.deepEqual([last.status, (await last.text()).split("\n")[0]], [200, HEADER]);
    });
  }

  await t.step(
    "the word stays the same when the report starts, while /reports/{id} has the status",
    async () => {
      site.slowness = 600;
      const { report_id } = await jsonOf(await fetch(`${site.url}/trigger_report`, { method: "POST" }));
      const told = new Set<unknown>();
      while (!told.has("Completed")) {
        const { status } = await jsonOf(await fetch(`${site.url}/get_report/${report_id}?format=json`));
        assert.ok(status === "Running" || status === "Completed", String(status));
        told.add((await jsonOf(await fetch(`${site.url}/reports/${report_id}`))).status);
      }
      assert.ok(told.has("Running"));
    },
  );

  await t.step("the word changes once the report failed or was cancelled", async () => {
    site.slowness = 2_000;
    const { report_id } = await jsonOf(await fetch(`${site.url}/trigger_report`));
    await (await fetch(`${site.url}/reports/${report_id}`, { method: "DELETE" })).body?.cancel();
    assert.equal((await jsonOf(await fetch(`${site.url}/get_report/${report_id}`))).status, "Cancelled");
  });
});
