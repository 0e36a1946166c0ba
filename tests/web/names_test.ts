/** Stores with names: the name everywhere, the id small beside it, and nothing breaks if a name is long. */
import assert from "node:assert/strict";
import { openBrowser } from "./browser.ts";
import { loadSample, makeReport } from "./fill.ts";
import { openSite } from "../support/site.ts";
import { assertAccessible, overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

/** As long as a name can be, and without a place to break it. */
const LONG = "Llanfairpwllgwyngyll".repeat(10);

Deno.test("stores with names", options, async (t) => {
  await using site = await openSite();
  await loadSample(site, 60, { calendars: true });
  const reportId = await makeReport(site);
  const named = await site.sql<{ id: string; name: string }[]>`
    select store_id as id, name from stores where name is not null order by store_id`;
  const nameOf = new Map(named.map(({ id, name }) => [id, name]));
  await using browser = await openBrowser();

  for (const path of ["/", "/stores", `/reports/${reportId}`]) {
    const shown = path.replace(reportId, "…");
    await t.step(`${shown} shows names, each with its id small beside it`, async () => {
      await using visitor = await visit(browser, site.url);
      const { page } = visitor;
      await page.goto(path);
      const heads = await page.locator("tbody th:has(.store-id)").all();
      assert.ok(heads.length > 10, `${heads.length} names`);
      for (const head of heads.slice(0, 30)) {
        const id = await head.locator(".store-id").innerText();
        assert.equal(await head.getByRole("link").innerText(), nameOf.get(id));
        assert.match(await head.getByRole("link").getAttribute("href") ?? "", new RegExp(`^/stores/${id}`));
      }
    });
  }

  await t.step(
    "a store's page has its name as heading and title, and its tags lead to stores that share them",
    async () => {
      const [first] = named;
      assert.ok(first);
      await using visitor = await visit(browser, site.url);
      const { page } = visitor;
      await page.goto(`/stores/${first.id}`);
      assert.equal(await page.locator("h1").innerText(), first.name);
      assert.equal(await page.locator("p.id").innerText(), first.id);
      assert.equal(await page.title(), `${first.name} (${first.id}) · Storewatch`);
      await page.getByRole("list", { name: "Tags" }).getByRole("link").first().click();
      await page.waitForURL(/\/stores\?where=brand%3A/);
      assert.ok(await page.locator("tbody tr").count() > 1);
    },
  );

  await t.step("a store without a name has its id there", async () => {
    const [{ id } = { id: "" }] = await site.sql<{ id: string }[]>`
      update stores set name = null where store_id = ${named[1]?.id ?? ""} returning store_id as id`;
    await using visitor = await visit(browser, site.url);
    const { page } = visitor;
    await page.goto(`/stores/${id}`);
    assert.equal(await page.locator("h1").innerText(), id);
    assert.equal(await page.title(), `Store ${id} · Storewatch`);
    await page.goto("/stores");
    assert.equal(await page.locator(`tbody th a[href="/stores/${id}"]`).innerText(), id);
  });

  await t.step("a long name fits a phone and a desk, on every page", async () => {
    await site.sql`update stores set name = ${LONG}`;
    for (const width of [390, 1440]) {
      await using visitor = await visit(browser, site.url, { viewport: { width, height: 900 } });
      const { page, complaints } = visitor;
      for (const path of ["/", "/stores", `/reports/${reportId}`, `/stores/${named[0]?.id}`, "/exclusions"]) {
        await page.goto(path);
        assert.ok(await overflow(page) <= 0, `${path} is wider than ${width} pixels`);
        await assertAccessible(page, `${path} at ${width} pixels`);
      }
      assert.deepEqual(complaints, []);
    }
  });
});
