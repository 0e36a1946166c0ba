import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { jsonOf, openService, statusOf, trigger } from "../support/http_service.ts";

Deno.test("all measures of a report", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await sql`insert into store_marks (store_key, kind) select store_key, 'hours' from stores where store_id like '%2'`;
  const id = await service.report("?method=observed&stale_after=PT30M&precision=4");
  const url = `/reports/${id}/rows.csv`;

  await t.step("come as CSV, a row per store and window", async () => {
    const answer = await app.request(url);
    assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
    assert.equal(
      answer.headers.get("content-disposition"),
      'attachment; filename="storewatch-2023-01-25T09-00-observed-rows.csv"',
    );
    const rows: Record<string, string>[] = parse(await answer.text(), { columns: true });
    assert.deepEqual(rows.map(({ store_id, window }) => `${store_id} ${window}`), [
      "1000000000000000001 last_hour",
      "1000000000000000001 last_day",
      "1000000000000000001 last_week",
      "1000000000000000002 last_hour",
      "1000000000000000002 last_day",
      "1000000000000000002 last_week",
      'café "9", left last_hour',
      'café "9", left last_day',
      'café "9", left last_week',
    ]);
    const [hour, day] = rows;
    assert.deepEqual(
      [hour?.from, hour?.to, hour?.uptime_hours, hour?.downtime_hours, hour?.unknown_hours, hour?.coverage_percent],
      ["2023-01-25T08:00:00Z", "2023-01-25T09:00:00Z", "0.5000", "0.5000", "0.0000", "100.00"],
    );
    assert.deepEqual(
      [day?.coverage_percent, day?.uptime_percent, day?.uptime_percent_low, day?.uptime_percent_high, day?.outages],
      ["4.16", "50.00", "0.00", "100.00", "1"],
    );
    assert.deepEqual(rows.map(({ timezone }) => timezone).filter((_, index) => index % 3 === 0), [
      "UTC",
      "America/Chicago",
      "Asia/Kathmandu",
    ]);
    assert.deepEqual(rows.map(({ warnings }) => warnings), [
      "",
      "",
      "",
      ...Array(3).fill("hours_rejected"),
      "",
      "",
      "",
    ]);
  });

  await t.step("come as lines of JSON, exact", async () => {
    const answer = await app.request(`/reports/${id}/rows.ndjson`);
    assert.equal(answer.headers.get("content-type"), "application/x-ndjson");
    const lines = (await answer.text()).trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.equal(lines.length, 9);
    assert.deepEqual(
      [lines[1].scheduled_us, lines[1].observed_us, lines[1].up_us, lines[1].unknown_us],
      [86_400_000_000, 3_600_000_000, 1_800_000_000, 82_800_000_000],
    );
  });

  await t.step("are not sent to a client that has them, compressed or not", async () => {
    const etag = String((await app.request(url, { method: "HEAD" })).headers.get("etag"));
    assert.match(etag, /^"[^"]+"$/);
    for (const headers of [{ "if-none-match": etag }, { "if-none-match": etag.replace(/"$/, '-gzip"') }]) {
      const answer = await app.request(url, { headers });
      assert.deepEqual([answer.status, answer.body], [304, null]);
    }
    assert.equal(await statusOf(app.request(url, { headers: { "if-match": '"other"' } })), 412);
    const packed = await app.request(url, { headers: { "accept-encoding": "gzip" } });
    assert.equal(packed.headers.get("content-encoding"), "gzip");
    assert.ok(packed.body);
    const unpacked = await new Response(packed.body.pipeThrough(new DecompressionStream("gzip"))).text();
    assert.equal(unpacked, await (await app.request(url)).text());
  });

  await t.step("do not exist before the report is complete", async () => {
    const started = await trigger(app);
    for (const name of ["rows.csv", "rows.ndjson"]) {
      const answer = await app.request(`/reports/${started}/${name}`);
      assert.equal(answer.status, 409);
      assert.equal((await jsonOf(answer)).type, "/problems/report-not-complete");
      assert.equal(await statusOf(app.request(`/reports/${crypto.randomUUID()}/${name}`)), 404);
    }
  });

  await t.step("of a damaged result are a problem, and not the beginning of an answer", async () => {
    const paths = reportPaths(service.reportsFolder, id);
    const whole = await Deno.readFile(paths.result);
    await Deno.truncate(paths.result, Math.floor(whole.length / 2));
    for (const name of ["rows.csv", "rows.ndjson", "totals.csv", "totals.ndjson"]) {
      const answer = await app.request(`/reports/${id}/${name}`);
      assert.deepEqual([answer.status, (await jsonOf(answer)).type], [500, "/problems/internal-error"], name);
    }
    await Deno.writeFile(paths.result, whole);
    assert.equal(await statusOf(app.request(url)), 200);
  });

  await t.step(
    "do not exist for a report that has only its classic CSV, and are gone if that is gone too",
    async () => {
      const paths = reportPaths(service.reportsFolder, id);
      await Deno.remove(paths.result);
      for (const name of ["rows.csv", "rows.ndjson"]) {
        const answer = await app.request(`/reports/${id}/${name}`);
        assert.equal(answer.status, 409);
        assert.equal((await jsonOf(answer)).type, "/problems/report-without-rows");
      }
      await Deno.remove(paths.csv);
      assert.equal(await statusOf(app.request(url)), 410);
    },
  );
});
