import assert from "node:assert/strict";
import { putStores } from "../support/fleet.ts";
import { openService } from "../support/http_service.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

Deno.test("the page of all stores", async (t) => {
  await using service = await openService();
  const { app } = service;
  const ask = (path: string) => app.request(path, { headers: { accept: BROWSER } });
  const textOf = async (path: string) =>
    (await (await ask(path)).text()).replace(/^.*<main/s, "").replace(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
  const rows = async (path: string) =>
    [...(await (await ask(path)).text()).matchAll(/<th scope="row"><a [^>]*>([^<]*)<\/a>/g)].map(([, id]) => id);

  await t.step("says how many there are, and that a report will show their uptime", async () => {
    assert.match(await textOf("/stores"), /3 stores\. The first report will show their uptime/);
  });

  await t.step("shows the uptime of the latest report, exactly as its own page does", async () => {
    const id = await service.report();
    const text = await textOf("/stores");
    assert.match(text, /Uptime is from the report as of Wed 25 Jan 2023, 09:00 UTC/);
    const report = await textOf(`/reports/${id}`);
    for (const storeId of ["1000000000000000001", "1000000000000000002"]) {
      const [, uptime] = new RegExp(`${storeId} [^%]*?([\\d.]+\\s%)`).exec(text) ?? [];
      assert.ok(uptime, `${storeId} has an uptime`);
      assert.ok(report.includes(`${storeId} `) && report.includes(uptime), uptime);
    }
  });

  await t.step("leaves it open for a store that came after the report", async () => {
    await putStores(service.sql, [{ id: "new" }]);
    assert.match(
      await textOf("/stores"),
      /4 stores\..*new no hours known: treated as open 24\/7 No data for a day – America\/Chicago –/,
    );
  });

  await t.step("counts what a search finds", async () => {
    assert.match(await textOf("/stores?q=00000000"), /with “00000000” in their name, id or tags .* 2 stores\./);
    assert.match(await textOf("/stores?q=caf%C3%A9%20%229"), /1 store\./);
  });

  await t.step(
    "proposes stores for an id that a spreadsheet has rounded, and opens none by itself",
    async () => {
      await putStores(service.sql, [{ id: "1814201429499626397" }, { id: "1814201429499740000" }]);
      for (const q of ["1.81420142949963E%2B18", "1814201429499630000", "%201.81420142949963E%2B18%20"]) {
        const text = await textOf(`/stores?q=${q}`);
        assert.match(text, /match the rounded id “.*” .*A spreadsheet rounded this number.*1 store\./, q);
        assert.deepEqual(await rows(`/stores?q=${q}`), ["1814201429499626397"]);
      }
      assert.match(await textOf("/stores?q=3.81420142949963E%2B18"), /No store id matches this rounded number/);
      // A whole id that ends with zeros still leads to its store, since it can mean no other.
      const whole = await ask("/stores?q=1814201429499740000");
      assert.deepEqual([whole.status, whole.headers.get("location")], [303, "/stores/1814201429499740000"]);
    },
  );

  await t.step("and so does the search of a report's rows", async () => {
    const id = await service.report();
    assert.deepEqual(await rows(`/reports/${id}?q=1.81420142949963E%2B18`), ["1814201429499626397"]);
  });

  await t.step("beside each Download CSV stands how to open it in Excel", async () => {
    const id = await service.report();
    assert.match(await textOf("/"), /Download CSV .*Data › From Text\/CSV and set store_id to Text/);
    // Here is a menu with an Excel file.
    assert.match(await textOf(`/reports/${id}`), /Download CSV .*For Excel, choose Excel under More formats/);
  });

  await t.step(
    "reports in a list show when they were requested, to the second, and their ids",
    async () => {
      const ids = [await service.report(), await service.report(), await service.report()];
      await service.sql`update reports set requested_at = '2026-03-01 10:00:07Z' where report_id = any(${ids})`;
      const text = await textOf("/reports");
      for (const id of ids) assert.ok(text.includes(`Sun 1 Mar 2026, 10:00:07 UTC ${id.slice(0, 8)}`), text);
    },
  );
});
