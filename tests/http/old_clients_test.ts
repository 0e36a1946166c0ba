/** README's table "If your client says …": a test for each of its lines. */
import assert from "node:assert/strict";
import { FLEET, jsonOf, openService } from "../support/http_service.ts";

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
    const waiting = await jsonOf(await ask());
    assert.ok(["Started", "Running"].includes(String(waiting.status)));
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
    assert.deepEqual([answer.status, await answer.json()], [404, { report_id: "42", status: "Not Found" }]);
  });
});
