import assert from "node:assert/strict";
import { readXlsx } from "hucre/xlsx";
import { TooLargeForXlsx } from "../../src/export/xlsx/too_large.ts";
import { ReportFailure } from "../../src/report/failure.ts";
import { renderFile, type Rendering } from "../../src/report/result/rendered_file.ts";
import { reportPaths } from "../../src/report/result/report_file.ts";
import { jsonOf, openService, statusOf, type TestService, trigger } from "../support/http_service.ts";

const FILES = [
  ["rows.parquet", "application/vnd.apache.parquet", "-rows.parquet"],
  ["report.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"],
] as const;

async function namesIn({ reportsFolder }: TestService, id: string): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(reportsFolder), ({ name }) => name);
  return names.filter((name) => name.startsWith(id)).map((name) => name.slice(id.length)).sort();
}

const OF_REPORT = [".csv", ".performance.csv", ".result.arrow"];

Deno.test("Parquet and Excel files of a report", async (t) => {
  let render = renderFile;
  const rendered: Rendering[] = [];
  await using service = await openService({}, {
    render: async (rendering) => {
      rendered.push(rendering);
      await render(rendering);
    },
  });
  const { app } = service;
  const id = await service.report("?windows=last_week");

  for (const [name, contentType, ending] of FILES) {
    const url = `/reports/${id}/${name}`;
    const whole = await app.request(url, { headers: { "accept-encoding": "gzip" } });
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const etag = String(whole.headers.get("etag"));

    await t.step(`${name} is a download with a length, a name and a tag, which must be asked for again`, () => {
      assert.equal(whole.status, 200);
      assert.equal(whole.headers.get("content-type"), contentType);
      assert.equal(whole.headers.get("content-length"), String(bytes.length));
      assert.equal(whole.headers.get("content-encoding"), null);
      assert.equal(whole.headers.get("cache-control"), "private, no-cache");
      assert.equal(
        whole.headers.get("content-disposition"),
        `attachment; filename="storewatch-last_week-2023-01-25T09-00${ending}"`,
      );
      assert.match(etag, /^"[^"]+"$/);
    });

    await t.step(`${name} is read in parts, as programs for Parquet do`, async () => {
      const head = await app.request(url, { method: "HEAD" });
      const length = Number(head.headers.get("content-length"));
      assert.deepEqual([head.status, head.body, length], [200, null, bytes.length]);
      assert.equal(head.headers.get("accept-ranges"), "bytes");
      const middle = Math.floor(length / 2);
      const parts = await Promise.all([`0-${middle - 1}`, `${middle}-`].map(async (range) => {
        const answer = await app.request(url, { headers: { range: `bytes=${range}`, "if-range": etag } });
        assert.equal(answer.status, 206);
        return new Uint8Array(await answer.arrayBuffer());
      }));
      assert.deepEqual(new Uint8Array(parts.flatMap((part) => [...part])), bytes);
      assert.equal(await statusOf(app.request(url, { headers: { range: `bytes=${length}-` } })), 416);
    });

    await t.step(`${name} is not sent to a client that has it`, async () => {
      assert.equal(await statusOf(app.request(url, { headers: { "if-none-match": etag } })), 304);
      assert.equal(await statusOf(app.request(url, { headers: { "if-match": '"other"' } })), 412);
    });
  }

  await t.step("the workbook has the report's stores", async () => {
    const { sheets } = await readXlsx(
      new Uint8Array(await (await app.request(`/reports/${id}/report.xlsx`)).arrayBuffer()),
    );
    assert.deepEqual(sheets[1]?.rows.map(([, store]) => store), [
      "Store",
      "1000000000000000001",
      "1000000000000000002",
      'café "9", left',
    ]);
  });

  await t.step("they are kept beside the result, and go with the report", async () => {
    const kept = [".performance.csv", ".result.arrow", ".test.parquet", ".test.xlsx"];
    assert.deepEqual(await namesIn(service, id), kept);
    assert.equal(await statusOf(app.request(`/reports/${id}`, { method: "DELETE" })), 204);
    assert.deepEqual(await namesIn(service, id), []);
  });

  await t.step("another version's file is replaced, and a part that was left goes with the report", async () => {
    const id = await service.report();
    for (const other of [".0.0.1.xlsx", `.0.0.1.parquet.${crypto.randomUUID()}.part`]) {
      await Deno.writeTextFile(`${service.reportsFolder}/${id}${other}`, "old");
    }
    assert.equal(await statusOf(app.request(`/reports/${id}/report.xlsx`)), 200);
    const names = (await namesIn(service, id)).filter((name) => !name.endsWith(".part"));
    assert.deepEqual(names, [...OF_REPORT, ".test.xlsx"]);
    assert.equal(await statusOf(app.request(`/reports/${id}`, { method: "DELETE" })), 204);
    assert.deepEqual(await namesIn(service, id), []);
  });

  await t.step("there are none before the report is complete, without an exact result, or without files", async () => {
    const [waiting, made] = [await trigger(app), await service.report()];
    const { result, csv } = reportPaths(service.reportsFolder, made);
    for (const [name] of FILES) {
      const problems = [
        await jsonOf(await app.request(`/reports/${waiting}/${name}`)),
        await jsonOf(await app.request(`/reports/${crypto.randomUUID()}/${name}`)),
      ];
      assert.deepEqual(problems.map(({ status, type }) => [status, type]), [
        [409, "/problems/report-not-complete"],
        [404, "/problems/unknown-report"],
      ]);
    }
    await Deno.remove(result);
    assert.equal(
      (await jsonOf(await app.request(`/reports/${made}/rows.parquet`))).type,
      "/problems/report-without-rows",
    );
    await Deno.remove(csv);
    assert.equal((await jsonOf(await app.request(`/reports/${made}/report.xlsx`))).type, "/problems/report-file-gone");
  });

  const other = await service.report();
  const ask = async (name: string) => await app.request(`/reports/${other}/${name}`);

  await t.step("rendering happens once for all who ask at the same time, and then no more", async () => {
    rendered.length = 0;
    const answers = await Promise.all(["report.xlsx", "rows.parquet", "report.xlsx", "report.xlsx"].map(ask));
    const sizes = await Promise.all(answers.map(async (answer) => (await answer.arrayBuffer()).byteLength));
    assert.deepEqual(answers.map(({ status }) => status), [200, 200, 200, 200]);
    assert.deepEqual([sizes[0], sizes[0]], [sizes[2], sizes[3]]);
    assert.equal(await statusOf(ask("rows.parquet")), 200);
    assert.deepEqual(rendered.map(({ format }) => format).sort(), ["parquet", "xlsx"]);
    for (const format of ["parquet", "xlsx"]) await Deno.remove(`${service.reportsFolder}/${other}.test.${format}`);
  });

  await t.step(
    "rendering that fails for want of room says so, leaves nothing, and works when there is room",
    async () => {
      render = () =>
        Promise.reject(new ReportFailure("The report's file could not be written: no space is left on the disk"));
      const { status, type, detail } = await jsonOf(await ask("rows.parquet"));
      assert.deepEqual([status, type], [507, "/problems/file-not-written"]);
      assert.match(String(detail), /no space is left on the disk/);
      render = renderFile;
      assert.deepEqual(await namesIn(service, other), OF_REPORT);
      assert.equal(await statusOf(ask("rows.parquet")), 200);
    },
  );

  await t.step("what Excel cannot have is 422 and names Parquet", async () => {
    render = () => Promise.reject(new TooLargeForXlsx());
    const { status, type, detail } = await jsonOf(await ask("report.xlsx"));
    assert.deepEqual([status, type], [422, "/problems/report-too-large"]);
    assert.match(String(detail), /rows\.parquet/);
  });

  await t.step("rendering a report that is deleted meanwhile leaves nothing", async () => {
    render = async (rendering) => {
      await Promise.all([renderFile(rendering), Deno.remove(reportPaths(service.reportsFolder, other).result)]);
    };
    assert.equal((await jsonOf(await ask("report.xlsx"))).type, "/problems/report-file-gone");
    assert.deepEqual(await namesIn(service, other), [".csv", ".performance.csv", ".test.parquet"]);
  });

  await t.step("rendering that takes long is not given up as if the database did not answer", async () => {
    const id = await service.report();
    const late: (() => void)[] = [];
    render = async (rendering) => {
      for (const giveUp of late) giveUp();
      await renderFile(rendering);
    };
    const { setTimeout } = globalThis;
    const noted = (call: () => void, ms?: number) => {
      if (ms === 9_500) late.push(call);
      return setTimeout(call, ms);
    };
    Object.assign(globalThis, { setTimeout: noted });
    try {
      assert.equal(await statusOf(app.request(`/reports/${id}/report.xlsx`)), 200);
    } finally {
      Object.assign(globalThis, { setTimeout });
    }
    assert.equal(late.length, 1);
  });
});
