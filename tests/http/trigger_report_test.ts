import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { isUuid } from "../../src/domain/uuid.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** A request as its row keeps it. */
const DEFAULT_JSON = {
  method: "step",
  staleAfter: 2 * HOUR,
  windows: ["last_hour", "last_day", "last_week"],
  groupBy: [],
  precision: 2,
};

Deno.test("asking for a report", async (t) => {
  await using service = await openService({ jsonBytes: 1_000, waitingReports: 40 });
  const { app, sql, sent } = service;
  const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE) =>
    app.request(path, { method: "POST", body, headers });

  const ways: [method: string, path: string, status: number][] = [
    ["POST", "/trigger_report", 200],
    ["GET", "/trigger_report", 200],
    ["POST", "/reports", 202],
  ];
  for (const [method, path, status] of ways) {
    await t.step(
      `${method} ${path} answers ${status} with the id and the report's address, before the report starts`,
      async () => {
        const answer = await app.request(path, { method });
        const { report_id } = await jsonOf(answer);
        assert.equal(answer.status, status);
        assert(isUuid(String(report_id)), String(report_id));
        assert.equal(answer.headers.get("location"), `/reports/${report_id}`);
        assert.equal(answer.headers.get("cache-control"), "no-store");
        assert.ok(sent.includes(String(report_id)), "its job was sent");
        const [row] = await sql`select status, request from reports where report_id = ${String(report_id)}`;
        assert.deepEqual({ ...row }, { status: "Started", request: DEFAULT_JSON });
      },
    );
  }

  await t.step("a date alone as as_of means its 00:00 UTC, in a query, in JSON, and in a timeline", async () => {
    for (const [query, body] of [["?as_of=2023-01-20", ""], ["", `{"as_of": "2023-01-20"}`]] as const) {
      const { report_id } = await jsonOf(await post(`/trigger_report${query}`, body));
      const [row] = await sql`select request -> 'asOf' as at from reports where report_id = ${String(report_id)}`;
      assert.equal(row?.at, Date.UTC(2023, 0, 20) * 1000);
    }
    const timeline = await app.request("/stores/1000000000000000001/timeline?as_of=2023-01-25");
    assert.equal((await jsonOf(timeline)).as_of, "2023-01-25T00:00:00Z");
  });

  await t.step("parameters come as JSON or in the query, also one here and one there", async () => {
    const answer = await post(
      "/trigger_report?method=nearest",
      `{"precision": 4, "as_of": "2023-01-25T10:00:00+02:00"}`,
    );
    const { report_id } = await jsonOf(answer);
    const [row] = await sql`select request from reports where report_id = ${String(report_id)}`;
    const asOf = Date.UTC(2023, 0, 25, 8) * 1000;
    assert.deepEqual(row?.request, { ...DEFAULT_JSON, method: "nearest", precision: 4, asOf });
  });

  await t.step("stale_after is an ISO 8601 duration, in a query, in JSON and in a form", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const ways: [number, Promise<Response> | Response][] = [
      [30 * 60_000_000, app.request("/trigger_report?stale_after=PT30M")],
      [7 * 24 * HOUR, post("/reports", `{"stale_after": "P1W"}`)],
      [26 * HOUR + 1_500_000, post("/reports", "stale_after=P1DT2H1.5S", form)],
    ];
    for (const [staleAfter, asking] of ways) {
      const { report_id } = await jsonOf(await asking);
      const [row] = await sql`select request from reports where report_id = ${String(report_id)}`;
      assert.deepEqual(row?.request, { ...DEFAULT_JSON, staleAfter });
    }
    const { report_id } = await jsonOf(await app.request("/trigger_report?stale_after=PT120M&method=observed"));
    const report = await jsonOf(await app.request(`/reports/${report_id}`));
    assert.deepEqual([report.method, report.stale_after], ["observed", "PT2H"]);
  });

  await t.step("stale_after has to be fixed in length, and from a minute to a week", async () => {
    const wrong = ["2h", "", "PT59S", "P7DT0.000001S", "P1M", "P1Y", "-PT2H", "PT60.0000001S", "PT", "7200", "P0.5D"];
    for (const value of wrong) {
      const answer = await app.request(`/trigger_report?stale_after=${encodeURIComponent(value)}`);
      const { errors } = await jsonOf(answer);
      assert.deepEqual([answer.status, errors], [422, [{
        parameter: "stale_after",
        value,
        reason:
          "must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, from PT1M to P7D, such as PT2H",
      }]], value);
    }
  });

  await t.step("as_of may be later than the latest poll, but not far ahead of the clock", async () => {
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    assert.equal(await statusOf(app.request(`/trigger_report?as_of=${inHours(23)}`)), 200);
    for (
      const asking of [
        app.request(`/trigger_report?as_of=${inHours(25)}`),
        post("/reports", JSON.stringify({ as_of: inHours(25) })),
        app.request(`/stores/1000000000000000001/timeline?as_of=${inHours(25)}`),
      ]
    ) {
      const answer = await asking;
      const { errors } = await jsonOf(answer);
      assert.equal(answer.status, 422);
      assert.ok(Array.isArray(errors));
      assert.equal(errors[0]?.parameter, "as_of");
      assert.match(errors[0]?.reason, /^must not be after \S+Z, which is P1D ahead of this server's clock/);
    }
  });

  await t.step("a body may be empty, whatever its type says", async () => {
    assert.equal(await statusOf(post("/trigger_report", "")), 200);
    assert.equal(
      await statusOf(post("/trigger_report", "", { "content-type": "application/x-www-form-urlencoded" })),
      200,
    );
    assert.equal(await statusOf(post("/reports", " \n")), 202);
  });

  await t.step("each parameter that is unknown or bad is named, with its value and why", async () => {
    const answer = await app.request("/trigger_report?as_of=yesterday&method=best&precision=7&speed=9&method=step");
    const { status, type, errors } = await jsonOf(answer);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.deepEqual([answer.status, status, type], [422, 422, "/problems/invalid-parameters"]);
    assert.ok(Array.isArray(errors));
    assert.deepEqual(errors.map(({ parameter, value }) => [parameter, value]), [
      ["as_of", "yesterday"],
      ["method", ["best", "step"]],
      ["precision", "7"],
      ["speed", "9"],
    ]);
  });

  const bad: [string, number][] = [
    [`{"precision": "7"}`, 422],
    [`{"precision": 2.5}`, 422],
    [`{"precision": 1e99}`, 422],
    [`{"precision": null}`, 422],
    [`{"as_of": "2023-02-30T00:00:00Z"}`, 422],
    [`{"as_of": 1674669202}`, 422],
    [`{"method": ["step"]}`, 422],
    [`{"__proto__": {"method": "step"}}`, 422],
    [`[]`, 422],
    [`null`, 422],
    [`{"precision":`, 400],
    [`{"precision": 2} 3`, 400],
    [`"${"x".repeat(1_000)}"`, 413],
  ];
  for (const [body, status] of bad) {
    await t.step(`${body.slice(0, 40)} is answered with ${status}`, async () => {
      assert.equal(await statusOf(post("/trigger_report", body)), status);
    });
  }

  await t.step("what is wrong is said in our own words", async () => {
    const reasons: [body: string, reason: RegExp][] = [
      ["[]", /^must be an object$/],
      ["null", /^must be an object$/],
      [`{"as_of": 1}`, /^must be a date, or an instant such as/],
    ];
    for (const path of ["/trigger_report", "/reports"]) {
      for (const [body, reason] of reasons) {
        const { errors } = await jsonOf(await post(path, body));
        assert.ok(Array.isArray(errors));
        assert.match(errors[0].reason, reason);
      }
    }
  });

  await t.step("a parameter that is given twice is refused, since it is unclear which one counts", async () => {
    const { errors } = await jsonOf(await post("/trigger_report?precision=1", `{"precision": 1}`));
    assert.deepEqual(errors, [{
      parameter: "precision",
      value: 1,
      reason: "is given both in the query and in the body",
    }]);
  });

  await t.step("bodies of other kinds are refused", async () => {
    assert.equal(await statusOf(post("/trigger_report", "precision=3", { "content-type": "text/plain" })), 415);
    assert.equal(
      await statusOf(app.request("/trigger_report", { method: "POST", body: new Uint8Array([0xff, 0x7b]) })),
      400,
    );
  });

  await t.step("HEAD asks for nothing", async () => {
    const before = sent.length;
    const answer = await app.request("/trigger_report", { method: "HEAD" });
    assert.deepEqual([answer.status, answer.headers.get("allow"), sent.length], [405, "GET, POST", before]);
  });

  await t.step("when too many reports wait, the next one is refused for a while", async () => {
    let answer = await app.request("/trigger_report");
    for (let asked = 0; answer.status === 200 && asked < 50; asked++) answer = await app.request("/trigger_report");
    assert.deepEqual([answer.status, answer.headers.get("retry-after")], [429, "10"]);
    assert.equal((await jsonOf(answer)).type, "/problems/too-many-reports");
    const [row] = await sql`select count(*)::integer as waiting from reports where status = 'Started'`;
    assert.equal(row?.waiting, 40);
  });
});

Deno.test("an Idempotency-Key", async (t) => {
  await using service = await openService();
  const { app, sql, sent } = service;
  const ask = (key: string, query = "", method = "POST") =>
    app.request(`/trigger_report${query}`, { method, headers: { "Idempotency-Key": key } });

  await t.step("gives the same report to the same request, by either method and on either path", async () => {
    const { report_id } = await jsonOf(await ask("a", "?precision=3"));
    const again = await ask("a", "?precision=3", "GET");
    assert.equal(again.status, 200);
    assert.deepEqual(await jsonOf(again), { report_id });
    const body = JSON.stringify({ precision: 3, method: "step" });
    const headers = { "Idempotency-Key": "a", "content-type": "application/json" };
    assert.deepEqual(await jsonOf(await app.request("/reports", { method: "POST", headers, body })), { report_id });
    assert.equal(sent.length, 1);
  });

  await t.step("is refused for another request", async () => {
    const answer = await ask("a", "?precision=4");
    assert.equal(answer.status, 422);
    assert.equal((await jsonOf(answer)).type, "/problems/idempotency-key-reused");
  });

  await t.step("makes one report of twenty requests at once", async () => {
    const before = sent.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask("race")));
    const ids = await Promise.all(answers.map(async (answer) => (await jsonOf(answer)).report_id));
    assert.equal(new Set(ids).size, 1);
    assert.equal(sent.length, before + 1);
    const [row] = await sql`select count(*)::integer as reports from reports`;
    assert.equal(row?.reports, 2);
  });

  await t.step("must be short and visible", async () => {
    assert.equal(await statusOf(ask("x".repeat(256))), 422);
    assert.equal(await statusOf(ask("é")), 422);
    assert.equal(await statusOf(ask("x".repeat(255))), 200);
  });

  await t.step("is free again after a week", async () => {
    const { report_id } = await jsonOf(await ask("old"));
    await sql`update idempotency_keys set created_at = now() - interval '8 days' where key = 'old'`;
    assert.notEqual((await jsonOf(await ask("old"))).report_id, report_id);
  });
});
