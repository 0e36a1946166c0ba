/** Stores by their names and tags: the search, and filters that keep numbers exact. */
import assert from "node:assert/strict";
import { importFile } from "../../src/ingest/import_file.ts";
import { decimalOfSum } from "../../src/domain/decimal.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import { putStores } from "../support/fleet.ts";
import { openService } from "../support/http_service.ts";
import { RULES } from "../support/rules.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

const STORES = `store_id,name,brand,region,street
a1,Éclair Café,Bakery,West,"Main, 1"
a2,Pronto Pizza,Pizza,West,"Say ""hi"" Lane"
a3,Pronto Pizza,Pizza,East,Back\\slash Road
b1,Golden Wok,Wok,East,
`;

Deno.test("stores by name and tag", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await sql`delete from stores`;
  const polls = (status: string) => [`2023-01-25 06:00 ${status}`, "2023-01-25 09:00 active"];
  await putStores(sql, [
    { id: "a1", zone: "UTC", polls: polls("inactive") },
    { id: "a2", zone: "UTC", polls: polls("active") },
    { id: "a3", zone: "UTC", polls: polls("inactive") },
    { id: "b1", zone: "UTC", polls: ["2023-01-25 08:59 inactive"] },
    { id: "c9", zone: "UTC", polls: ["2023-01-25 09:00 active"] },
  ]);
  await importFile(sql, { zoneRules: RULES, source: "stores.csv", body: new Blob([STORES]).stream() });
  const ask = (path: string) => app.request(path, { headers: { accept: BROWSER } });
  const html = async (path: string) => await (await ask(path)).text();
  const rows = async (path: string) =>
    [...(await html(path)).matchAll(/<th scope="row"><a href="\/stores\/([^"?]*)/g)].map(([, id]) => id);

  await t.step("are found by a part of the name, the id or a tag's value, in any letter case", async () => {
    const found: [string, string[]][] = [
      ["pronto", ["a2", "a3"]],
      ["éCLAIR ca", ["a1"]],
      ["wes", ["a1", "a2"]],
      ["region:EA", ["a3", "b1"]],
      ["region:", ["a1", "a2", "a3", "b1"]],
      ["regio", []],
      ['"hi"', ["a2"]],
      ["back\\s", ["a3"]],
      ["1", ["a1", "b1"]],
    ];
    for (const [q, ids] of found) {
      if (ids.length === 1) assert.deepEqual(await rows(`/stores?q=${encodeURIComponent(q)}`), ids, q);
      else assert.deepEqual(await rows(`/stores?q=${encodeURIComponent(q)}&state=`), ids, q);
    }
  });

  await t.step("open by a whole name that only one store has, or by a whole id", async () => {
    for (const [q, id] of [["golden wok", "b1"], ["ÉCLAIR CAFÉ", "a1"], ["C9", "c9"]]) {
      const answer = await ask(`/stores?q=${encodeURIComponent(q ?? "")}`);
      assert.deepEqual([answer.status, answer.headers.get("location")], [303, `/stores/${id}`], q);
    }
    assert.deepEqual(await rows("/stores?q=Pronto+Pizza"), ["a2", "a3"]);
  });

  await t.step("are filtered by tags as an address writes them, and counted by state", async () => {
    assert.deepEqual(await rows("/stores?where=region:West"), ["a1", "a2"]);
    assert.deepEqual(await rows("/stores?where=region:West,region:East&where=brand:Pizza"), ["a2", "a3"]);
    assert.deepEqual(await rows("/stores?where=region:East&state=down"), ["b1"]);
    assert.deepEqual(await rows(`/stores?where=${encodeURIComponent("street:Main, 1")}`), ["a1"]);
    assert.match(await html("/stores?where=region:East"), /aria-current="page">All 2</);
  });

  await t.step("a filter that cannot be read is named, and left out", async () => {
    for (const path of ["/?where=West", "/stores?where=West", "/now?where=West", "/exclusions?where=West"]) {
      assert.match(await html(path), /The filter by tags \(where=\) must be .*It was left out/, path);
    }
    assert.deepEqual(await rows("/stores?where=West"), ["a1", "a2", "a3", "b1", "c9"]);
  });

  const reportId = await service.report("?precision=6");

  await t.step("what is down now is filtered, and follows the same filter", async () => {
    const text = await html("/?where=region:West");
    assert.match(text, /data-from="\/now\?where=region%3AWest"/);
    assert.match(text, /href="\/stores\?state=up&amp;where=region%3AWest">2</);
    assert.match(await html("/now?where=region:East"), /Down at the latest data: region East/);
  });

  await t.step("numbers of a filter are the sums of its stores' rows", async () => {
    const ndjson = (await (await app.request(`/reports/${reportId}/rows.ndjson`)).text()).trimEnd().split("\n");
    const weeks = ndjson.map((line) => JSON.parse(line)).filter(({ window }) => window === "last_week");
    for (const [where, ids] of [["region:West", ["a1", "a2"]], ["brand:Pizza", ["a2", "a3"]]] as const) {
      const sum = (measure: string) =>
        weeks.filter(({ store_id }) => ids.includes(store_id)).reduce((total, row) => total + BigInt(row[measure]), 0n);
      const [up, down] = [sum("up_us"), sum("down_us")].map((micros) => decimalOfSum(micros, HOUR, 6));
      const report = await html(`/reports/${reportId}?where=${where}`);
      assert.deepEqual((await rows(`/reports/${reportId}?where=${where}`)).sort(), ids);
      const [foot = ""] = /<tfoot>.*<\/tfoot>/s.exec(report) ?? [];
      assert.match(foot, /The 2 filtered stores together<small>of 5<\/small>/);
      assert.ok(
        foot.includes(`<td class="numeric">${up}</td><td class="numeric">${down}</td>`),
        `${up} ${down}: ${foot}`,
      );
      const percent = Number(sum("up_us") * 10_000n / (sum("up_us") + sum("down_us"))) / 100;
      const overview = await html(`/?where=${where}`);
      assert.match(overview, new RegExp(`Last week</dt><dd class="number">${percent.toFixed(2)}`));
      assert.match(overview, /<h1>2 stores with .*, as of /);
    }
    assert.match(await html(`/reports/${reportId}`), /<tfoot>.*All 5 stores/s);
  });

  await t.step("pages show a tag with the name of something that every object has", async () => {
    await sql`update stores set tags = '{"constructor": "Smith"}' where store_id = 'b1'`;
    assert.match(await html("/stores"), /<b data-tag="constructor">all<\/b>/);
    assert.deepEqual(await rows("/stores?where=constructor:Smith"), ["b1"]);
    assert.equal((await ask(`/reports/${reportId}`)).status, 200);
  });

  await t.step("a report's search finds names and tags, and ids of stores that are gone", async () => {
    assert.deepEqual((await rows(`/reports/${reportId}?q=pronto`)).sort(), ["a2", "a3"]);
    await sql`delete from stores where store_id = 'c9'`;
    assert.deepEqual(await rows(`/reports/${reportId}?q=C9`), ["c9"]);
  });
});
