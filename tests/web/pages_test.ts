import assert from "node:assert/strict";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

Deno.test("pages and programs", async (t) => {
  await using service = await openService({ waitingReports: 1 });
  const { app, sql, sent } = service;
  const reportId = await service.report();
  const ask = (path: string, accept?: string) => app.request(path, accept === undefined ? {} : { headers: { accept } });
  const shared = ["/reports", `/reports/${reportId}`, "/stores", "/stores/1000000000000000001"];

  for (const path of shared) {
    const name = path.replace(reportId, "{id}");
    await t.step(`${name} is a page for a browser`, async () => {
      const answer = await ask(path, BROWSER);
      assert.equal(answer.headers.get("content-type"), "text/html; charset=utf-8");
      assert.match(await answer.text(), /^<!doctype html>\n<html lang="en">/);
    });

    await t.step(`${name} is JSON for a program, and for who does not care`, async () => {
      for (const accept of [undefined, "*/*", "application/json", "application/json, text/html;q=0.9"]) {
        const answer = await ask(path, accept);
        assert.equal(answer.headers.get("content-type"), "application/json", accept);
        assert.equal(answer.headers.get("vary"), "Accept");
        await jsonOf(answer);
      }
    });
  }

  await t.step("a browser gets a page for what cannot be found, with the same status", async () => {
    for (
      const path of ["/nowhere", `/reports/${crypto.randomUUID()}`, "/reports/x", "/stores/unknown", "/stores/%00"]
    ) {
      const answer = await ask(path, BROWSER);
      assert.equal(answer.status, 404, path);
      assert.match(await answer.text(), /<h1>(There is no such (report|store)|Page not found)<\/h1>/);
      assert.equal((await ask(path)).headers.get("content-type"), "application/problem+json");
    }
  });

  await t.step("an id is text, whatever is in it: nothing of it becomes part of the page", async () => {
    const id = `<img src=x onerror="alert(1)">`;
    await sql`insert into stores (store_id) values (${id})`;
    for (const path of ["/stores", `/stores/${encodeURIComponent(id)}`, `/stores?q=${encodeURIComponent(id)}`]) {
      assert.doesNotMatch(await (await ask(path, BROWSER)).text(), /<img/, path);
    }
  });

  await t.step("an asset may be kept for ever, since its name changes with it", async () => {
    const page = await (await ask("/", BROWSER)).text();
    const [path = ""] = /\/assets\/style\.[0-9a-f]{10}\.css/.exec(page) ?? [];
    const style = await ask(path);
    assert.equal(style.headers.get("content-type"), "text/css; charset=utf-8");
    assert.equal(style.headers.get("cache-control"), "public, max-age=31536000, immutable");
    await style.body?.cancel();
    assert.equal(await statusOf(ask("/assets/style.0.css")), 404);
  });

  await t.step("pages are gzipped for clients that ask", async () => {
    const answer = await app.request("/", { headers: { accept: BROWSER, "accept-encoding": "gzip" } });
    assert.equal(answer.headers.get("content-encoding"), "gzip");
    await answer.body?.cancel();
  });

  const send = (path: string, form: string, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: "POST",
      body: form,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: BROWSER, ...headers },
    });

  await t.step("a form that comes from another site is refused", async () => {
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example", host: "127.0.0.1" }]) {
      for (const path of ["/new-report", `/reports/${reportId}/cancel`, "/sample", "/imports"]) {
        assert.equal(await statusOf(send(path, "method=step&precision=2", headers)), 403, path);
      }
    }
    assert.equal(sent.length, 1);
  });

  await t.step("a form that makes no sense is answered with 422, and too long a one with 413", async () => {
    for (
      const form of ["", "method=guess&precision=2", "method=step&precision=7", "method=step&precision=2&as_of=soon"]
    ) {
      assert.equal(await statusOf(send("/new-report", form)), 422, form);
    }
    assert.equal(await statusOf(send("/new-report", "x".repeat(100_000))), 413);
  });

  await t.step("the form asks for a report, as of a time in UTC", async () => {
    const answer = await send("/new-report", "method=clock&precision=3&as_of=2023-01-25T09:30");
    assert.equal(answer.status, 303);
    const [row] = await sql`
      select request from reports
      where report_id = ${answer.headers.get("location")?.slice("/reports/".length) ?? ""}`;
    const asked = { method: "clock", precision: 3, asOf: Date.UTC(2023, 0, 25, 9, 30) * 1000 };
    assert.deepEqual(row?.request, JSON.parse(JSON.stringify({ ...DEFAULT_REQUEST, ...asked })));
  });

  await t.step("too many reports are refused on a page, with a time to come back", async () => {
    const answer = await send("/new-report", "method=step&precision=2");
    assert.equal(answer.status, 429);
    assert.equal(answer.headers.get("retry-after"), "10");
    assert.match(await answer.text(), /Too many reports are in the queue[\s\S]*1 report is waiting already/);
  });

  await t.step("a sample is not mixed with what is there", async () => {
    const answer = await send("/sample", "");
    assert.deepEqual([answer.status, answer.headers.get("location")], [303, "/"]);
    const [row] = await sql<{ stores: number }[]>`select count(*) as stores from stores`;
    assert.equal(row?.stores, 4);
  });

  await t.step("a report whose file is gone says so", async () => {
    // A page keeps what it has read, so that another app is asked.
    await using other = await openService();
    const id = await other.report();
    const { csv, result } = reportPaths(other.reportsFolder, id);
    await Promise.all([Deno.remove(csv), Deno.remove(result)]);
    const answer = await other.app.request(`/reports/${id}`, { headers: { accept: BROWSER } });
    assert.match(await answer.text(), /file is gone/);
  });
});
