import assert from "node:assert/strict";
import { ImportJson, ImportPage } from "../../src/http/data/import_schemas.ts";
import { jsonOf, openService, statusOf, type TestService } from "../support/http_service.ts";

const CSV =
  "store_id,status,timestamp_utc\nnew,active,2023-01-25 18:13:22.47922 UTC\nnew,open,2023-01-25 18:14:22 UTC\n";

async function gzip(bytes: BlobPart): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function form(...files: [name: string, content: BlobPart][]): FormData {
  const data = new FormData();
  data.set("comment", "not a file");
  for (const [name, content] of files) data.append("file", new Blob([content]), name);
  return data;
}

function load({ app }: TestService, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  return Promise.resolve(app.request("/imports/polls", { method: "POST", body, headers }));
}

/** A body that comes in pieces and then breaks off, or just stops. */
function broken(text: string, end: "error" | "silence"): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
    pull: (controller) => end === "error" ? controller.error(new TypeError("gone")) : new Promise(() => {}),
  });
}

const OPEN_IS_NO_STATUS = "may mean business hours: write active or inactive (up or down, online or offline)";

Deno.test("loading a file", async (t) => {
  await using service = await openService({ imports: 2, bodyPauseMs: 200 });
  const { app, sql } = service;
  const packed = await gzip(CSV);
  const text = { "content-type": "text/csv; charset=utf-8" };
  const imports = async () =>
    (await sql`select count(*)::integer as count from imports where status = 'loaded'`)[0]?.count;

  const ways: [string, BodyInit, Record<string, string>, string][] = [
    ["text/csv", CSV, text, "upload"],
    ["application/gzip", packed, { "content-type": "application/gzip" }, "upload"],
    ["a form", form(["polls.csv", CSV]), {}, "polls.csv"],
    ["a form with a gzipped file", form(["../polls.csv.gz", packed]), {}, "polls.csv.gz"],
    ["text/csv with Content-Encoding: gzip", packed, { ...text, "content-encoding": "gzip" }, "upload"],
    ["a gzipped file, gzipped again on its way", await gzip(packed), {
      "content-type": "application/gzip",
      "content-encoding": "gzip",
    }, "upload"],
  ];
  for (const [name, body, headers, source] of ways) {
    await t.step(`takes ${name}`, async () => {
      const answer = await load(service, body, headers);
      const result = ImportJson.parse(await jsonOf(answer));
      const { kind, rows, accepted, rejected, rejects } = result;
      assert.deepEqual({ kind, source: result.source, rows, accepted, rejected, rejects }, {
        kind: "polls",
        source,
        rows: 2,
        accepted: 1,
        rejected: 1,
        rejects: [{ line: 3, column: "status", value: "open", reason: OPEN_IS_NO_STATUS }],
      });
    });
  }

  await t.step("keeps every rejected row for download", async () => {
    const { rejects_url } = await jsonOf(await load(service, CSV, text));
    const answer = await app.request(String(rejects_url));
    assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8");
    assert.match(await answer.text(), /^file,line,column,value,reason\nupload,3,status,open,"may mean business hours/);
    assert.equal(await statusOf(app.request(`/imports/${crypto.randomUUID()}/rejects.csv`)), 404);
    assert.equal(await statusOf(app.request("/imports/%00'/rejects.csv")), 404);
  });

  const before = await imports();
  const wrong: [string, BodyInit, Record<string, string>, number][] = [
    ["a file that lacks a column", "store_id,status\nx,active\n", text, 422],
    ["an empty file", "", text, 422],
    ["a file that is not text", new Uint8Array([0, 1, 2, 3]), text, 422],
    ["gzip data that are cut off", packed.slice(0, 30), { "content-type": "application/gzip" }, 422],
    ["a form without a file", form(), {}, 422],
    ["a form without a boundary", CSV, { "content-type": "multipart/form-data" }, 400],
    ["a form that breaks off", `--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n${CSV}`, {
      "content-type": "multipart/form-data; boundary=x",
    }, 400],
    ["a body that breaks off", broken(CSV, "error"), text, 400],
    ["a body that pauses for too long", broken(CSV, "silence"), text, 408],
    [
      "a form that pauses for too long",
      broken(`--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n${CSV}`, "silence"),
      {
        "content-type": "multipart/form-data; boundary=x",
      },
      408,
    ],
    ["a form that is silent", broken("--x\r\n", "silence"), { "content-type": "multipart/form-data; boundary=x" }, 408],
    ["a spreadsheet", CSV, { "content-type": "application/vnd.ms-excel" }, 415],
    ["a brotli body", CSV, { ...text, "content-encoding": "br" }, 415],
  ];
  for (const [name, body, headers, status] of wrong) {
    await t.step(`answers ${name} with ${status}, and changes nothing`, async () => {
      const answer = await load(service, body, headers);
      const problem = await jsonOf(answer);
      assert.deepEqual([answer.status, problem.status], [status, status], JSON.stringify(problem));
      assert.equal(await imports(), before);
    });
  }

  await t.step("takes the names of columns and the numbering of weekdays", async () => {
    const post = (path: string, body: string) => app.request(path, { method: "POST", body, headers: text });
    const polls = "shop;mood;at\nnew;up;2023-01-25 18:15\n";
    const loaded = await post("/imports?column=store_id%3Dshop&column=status%3Dmood&column=timestamp_utc%3Dat", polls);
    assert.equal(ImportJson.parse(await jsonOf(loaded)).accepted, 1);
    const hours = "store_id,day,open,close\nnew,7,9:00,17:00\n";
    assert.equal(await statusOf(post("/imports/hours", hours)), 422);
    assert.equal(await statusOf(post("/imports/hours?days=iso", hours)), 200);
    const { errors } = await jsonOf(await post("/imports/hours?days=sunday&column=shop", hours));
    assert.match(JSON.stringify(errors), /column.*must be COLUMN=NAME.*days.*must be iso, sunday0 or sunday1/);
  });

  await t.step("knows six kinds", async () => {
    const answer = await app.request("/imports/menus", { method: "POST", body: CSV, headers: text });
    assert.equal(answer.status, 422);
    const { errors } = await jsonOf(answer);
    assert.deepEqual(errors, [{
      parameter: "kind",
      value: "menus",
      reason: "must be polls, hours, special-hours, exclusions, timezones or stores",
    }]);
  });

  await t.step("takes calendars, by kind or by header, and looks at them first", async () => {
    const special = "store_id,date,start_time_local,end_time_local\n*,2026-12-25,,\n";
    for (const path of ["/imports/special-hours", "/imports/special_hours", "/imports"]) {
      const answer = await app.request(path, { method: "POST", body: special, headers: text });
      const { kind, accepted } = await jsonOf(answer);
      assert.deepEqual([answer.status, kind, accepted], [200, "special-hours", 1], path);
    }
    const check = await app.request("/imports?check=true", { method: "POST", body: special, headers: text });
    const { first_rows } = await jsonOf(check);
    assert.deepEqual(first_rows, [{ line: 2, store_id: "*", date: "2026-12-25", openings: [], reason: "" }]);
  });

  await t.step("has so many places, and no more", async () => {
    const waiting = [load(service, broken(CSV, "silence"), text), load(service, broken(CSV, "silence"), text)];
    const answer = await load(service, CSV, text);
    assert.deepEqual([await statusOf(answer), answer.headers.get("retry-after")], [429, "5"]);
    assert.deepEqual(await Promise.all(waiting.map(statusOf)), [408, 408]);
    assert.equal(await statusOf(load(service, CSV, text)), 200);
  });

  await t.step("holds no connection when all is done", async () => {
    const [row] = await sql`select count(*)::integer as busy from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`;
    assert.equal(row?.busy, 0);
  });
});

Deno.test("the list of imports", async (t) => {
  await using service = await openService();
  const { app } = service;
  const headers = { "content-type": "text/csv" };
  const add = async (body: string) => {
    const answer = await app.request("/imports", {
      method: "POST",
      body,
      headers,
    });
    return String((await jsonOf(answer)).import_id);
  };
  const page = async (query: string) => ImportPage.parse(await jsonOf(await app.request(`/imports${query}`)));
  const ids: string[] = [];
  for (let number = 0; number < 5; number++) {
    ids.unshift(
      await add(`store_id,timezone_str\na,UTC\nb${number},Nowhere\n`),
    );
  }
  ids.unshift(await add("store_id,timezone_str\na,Nowhere\n"));

  await t.step(
    "has the latest first, files that failed as well, without their rejected rows",
    async () => {
      const { imports, next_cursor } = await page("");
      assert.deepEqual(imports.map(({ import_id }) => import_id), ids);
      assert.deepEqual(imports.map(({ status }) => status), [
        "failed",
        ...Array(5).fill("loaded"),
      ]);
      assert.equal(next_cursor, null);
      const [latest] = imports;
      assert.deepEqual([latest?.rejected, latest?.rejects_url], [
        1,
        `/imports/${ids[0]}/rejects.csv`,
      ]);
      assert.ok(latest !== undefined && !("rejects" in latest));
    },
  );

  await t.step(
    "is read page by page without a gap or a repeat, though imports are added meanwhile",
    async () => {
      // Some at the same instant: their ids decide then.
      await service
        .sql`update imports set started_at = '2026-01-01' where import_id = any(${ids.slice(3)})`;
      const expected = [...ids.slice(0, 3), ...ids.slice(3).sort().reverse()];
      const seen: string[] = [];
      for (let query = "?limit=2"; query !== "";) {
        const { imports, next_cursor } = await page(query);
        seen.push(...imports.map(({ import_id }) => import_id));
        await add("store_id,timezone_str\nlate,UTC\n");
        query = next_cursor === null ? "" : `?limit=2&cursor=${next_cursor}`;
      }
      assert.deepEqual(seen, expected);
    },
  );

  await t.step(
    "refuses limits and cursors that it did not give out",
    async () => {
      for (const query of ["limit=0", "limit=101", "cursor=x", "page=2"]) {
        assert.equal(
          await statusOf(app.request(`/imports?${query}`)),
          422,
          query,
        );
      }
    },
  );
});
