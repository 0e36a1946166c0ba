/** The form for a report: what it asks for, and how it comes back if it cannot be used. */
import assert from "node:assert/strict";
import { instant } from "../support/build.ts";
import { putStores } from "../support/fleet.ts";
import { openService } from "../support/http_service.ts";

const BROWSER = { accept: "text/html" };
const GOOD = { method: "observed", precision: "2", windows: "previous_month" };

Deno.test("the form for a report with more choices", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await putStores(sql, [{ id: "w", zone: "Asia/Tokyo" }, { id: "e" }]);
  await sql`update stores set tags = '{"region": "West", "brand": "Wok"}' where store_id = 'w'`;
  await sql`update stores set tags = '{"region": "East"}' where store_id = 'e'`;
  const send = (fields: readonly (readonly [string, string])[]) =>
    app.request("/new-report", {
      method: "POST",
      body: new URLSearchParams([...fields].map(([...pair]) => pair)),
      headers: BROWSER,
    });
  const asked = async (fields: readonly (readonly [string, string])[]) => {
    const answer = await send([...Object.entries(GOOD), ...fields]);
    assert.equal(answer.status, 303, await answer.text());
    const id = answer.headers.get("location")?.slice("/reports/".length) ?? "";
    const [row] = await sql`select request from reports where report_id = ${id}`;
    return row?.request;
  };

  await t.step("offers the tags and the zones of the stores, folded", async () => {
    const page = await (await app.request("/", { headers: BROWSER })).text();
    const [form = ""] = /<form class="fields report"[\s\S]*?<\/form>/.exec(page) ?? [];
    assert.match(form, /<details class="more"><summary>/);
    assert.match(form, /name="where" value="region:West"/);
    assert.match(form, /name="group_by" value="brand"/);
    assert.match(form, /<option value="Asia\/Tokyo">/);
  });

  await t.step("asks for a calendar, stores, groups, a comparison and a target", async () => {
    const request = await asked([
      ["calendar", "europe/berlin"],
      ["where", "region:West"],
      ["where", "region:East"],
      ["where", "brand:Wok"],
      ["group_by", "region"],
      ["group_by", "brand"],
      ["compare", "previous"],
      ["target_percent", "99.50"],
    ]);
    assert.equal(request.calendar, "Europe/Berlin");
    assert.deepEqual(request.where, { brand: ["Wok"], region: ["East", "West"] });
    assert.deepEqual(request.groupBy, ["region", "brand"]);
    assert.equal(request.compare, "previous");
    assert.equal(request.targetPercent, "99.5");
  });

  await t.step("takes a whole minute, of which browsers leave out the seconds", async () => {
    assert.equal((await asked([["as_of", "2023-01-25T09:00"]])).asOf, instant("2023-01-25 09:00"));
  });

  await t.step("asks for none of them if they are empty", async () => {
    const request = await asked([["calendar", " "], ["target_percent", ""], ["other_windows", ""], ["as_of", ""]]);
    assert.deepEqual(request.windows, ["previous_month"]);
    for (const name of ["calendar", "where", "compare", "targetPercent", "asOf"]) {
      assert.equal(request[name], undefined, name);
    }
  });

  // Ten days from now no poll can be.
  const faults: readonly (readonly [field: string, value: string, reason: RegExp])[] = [
    ["as_of", "yesterday", /“yesterday” is not a date and time/],
    ["as_of", new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 16), /The time .* Choose an earlier one/],
    ["method", "guess", /Choose one of these methods/],
    ["precision", "7", /Choose 0 to 6 decimal places/],
    ["other_windows", "last_30d, 2026-02-29", /“2026-02-29” must have dates that exist/],
    ["windows", "someday", /“someday” /],
    ["calendar", "Mars/Olympus", /“Mars\/Olympus” is not an IANA time zone/],
    ["where", "region", /The filter by tags must be a tag and a value/],
    ["group_by", "No Tag", /&quot;No Tag&quot; is not a tag/],
    ["compare", "next", /“next” is not a comparison such as previous/],
    ["target_percent", "100.1", /“100\.1” is not a number from 0 to 100/],
  ];
  for (const [field, value, reason] of faults) {
    await t.step(`comes back with the reason beside ${field}: ${reason.source}`, async () => {
      const answer = await send(Object.entries({ ...GOOD, [field]: value }));
      assert.equal(answer.status, 422);
      const page = await answer.text();
      const marks = [...page.matchAll(/class="fault" id="[^"]*">([^<]*)</g)].map(([, text]) => text ?? "");
      assert.equal(marks.length, 1, marks.join());
      assert.match(marks[0] ?? "", reason);
      assert.match(page, /<details class="more" open/);
      assert.match(page, /No report was made/);
    });
  }

  await t.step("keeps what was typed and ticked when it comes back", async () => {
    const answer = await send([
      ["method", "nearest"],
      ["precision", "4"],
      ["windows", "yesterday"],
      ["as_of", "2023-01-25T09:00:01"],
      ["calendar", "Asia/Kathmandu"],
      ["where", "region:West"],
      ["group_by", "brand"],
      ["compare", "previous"],
      ["target_percent", "<b>101</b>"],
    ]);
    const page = await answer.text();
    assert.match(page, /value="nearest" checked/);
    assert.match(page, /<option selected(="")?>4</);
    assert.match(page, /value="yesterday" selected/);
    assert.match(page, /value="2023-01-25T09:00:01"/);
    assert.match(page, /value="Asia\/Kathmandu"/);
    assert.match(page, /name="where" value="region:West" checked/);
    assert.match(page, /name="group_by" value="brand" checked/);
    assert.match(page, /name="compare" value="previous" checked/);
    assert.match(page, /value="&lt;b&gt;101&lt;\/b&gt;"/);
    const [count] = await sql`select count(*)::integer as waiting from reports where request ->> 'method' = 'nearest'`;
    assert.equal(count?.waiting, 0);
  });
});
