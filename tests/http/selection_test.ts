import assert from "node:assert/strict";
import { jsonOf, openService } from "../support/http_service.ts";

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

Deno.test("which stores a report is about, and which groups they make", async (t) => {
  await using service = await openService();
  const { app } = service;
  const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
    app.request("/reports", { method: "POST", body, headers });
  const reportOf = async (asking: Promise<Response> | Response) => {
    const { report_id } = await jsonOf(await asking);
    const { where, group_by, compare, target_percent } = await jsonOf(await app.request(`/reports/${report_id}`));
    return { where, group_by, compare, target_percent };
  };
  const asked = {
    where: { brand: ["Wraps"], region: ["East", "West"] },
    group_by: ["region", "brand"],
    compare: "previous",
    target_percent: 99.5,
  };

  await t.step("come as JSON, as a query and as a form, and the report says them", async () => {
    assert.deepEqual(await reportOf(post(JSON.stringify(asked))), asked);
    const query =
      "where=region:West,region:East&where=brand:Wraps&group_by=region,brand&compare=previous&target_percent=99.50";
    assert.deepEqual(await reportOf(app.request(`/reports?${query}`, { method: "POST" })), asked);
    assert.deepEqual(await reportOf(post(query, FORM_TYPE)), asked);
    const nothing = { where: null, group_by: [], compare: null, target_percent: null };
    assert.deepEqual(await reportOf(post("{}")), nothing);
    assert.deepEqual(await reportOf(post("where=&group_by=&compare=&target_percent=", FORM_TYPE)), nothing);
  });

  await t.step("are the same request in any order, for a key that is used twice", async () => {
    const headers = { ...JSON_TYPE, "idempotency-key": "one" };
    const first = await jsonOf(await post('{"where": {"b": ["2", "1"], "a": ["x"]}}', headers));
    const second = await jsonOf(await post('{"where": {"a": ["x", "x"], "b": ["1", "2"]}}', headers));
    assert.equal(first.report_id, second.report_id);
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    ['{"where": {"region": []}}', "where", /1 to 50 values/],
    ['{"where": {"Region": ["West"]}}', "where", /keys of a small letter/],
    ['{"where": {"region": ["West"], "__proto__": ["x"]}}', "where", /keys of a small letter/],
    ['{"where": {"region": ["\\ud800"]}}', "where", /1 to 64 characters/],
    ['{"where": "West"}', "where", /such as region:West/],
    ['{"where": 7}', "where", /such as \{"region": \["West"\]\}/],
    ['{"group_by": ["a", "b", "c", "d", "e", "f"]}', "group_by", /at most 5 tags/],
    ['{"group_by": "region,region"}', "group_by", /each tag once/],
    ['{"group_by": "Region"}', "group_by", /"Region" is not a tag/],
    ['{"compare": "next"}', "compare", /previous/],
    ['{"target_percent": 100.5}', "target_percent", /from 0 to 100/],
    ['{"target_percent": "99.12345"}', "target_percent", /4 decimals/],
  ];
  for (const [body, parameter, reason] of bad) {
    await t.step(`${body} cannot be used, and the answer says why`, async () => {
      const answer = await post(body);
      const { errors } = await jsonOf(answer);
      assert(Array.isArray(errors));
      assert.deepEqual([answer.status, errors.length, errors[0].parameter], [422, 1, parameter]);
      assert.match(errors[0].reason, reason);
    });
  }
});
