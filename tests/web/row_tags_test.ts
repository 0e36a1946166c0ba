/** A report's rows are filtered by tags while you tick them, and an open overview keeps its filter. */
import assert from "node:assert/strict";
import { openBrowser } from "./browser.ts";
import { loadSample, makeReport } from "./fill.ts";
import { putPolls } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { assertAccessible, overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("tags on the pages", options, async (t) => {
  await using site = await openSite();
  await loadSample(site, 60, { calendars: true });
  const reportId = await makeReport(site);
  const [{ west, woks } = { west: 0, woks: 0 }] = await site.sql<{ west: number; woks: number }[]>`
    select count(*) filter (where tags ->> 'region' = 'West')::integer as west,
      count(*) filter (where tags ->> 'region' = 'West' and tags ->> 'brand' = 'Golden Wok')::integer as woks from stores`;
  assert.ok(0 < woks && woks < west && west < 60, `${woks} of ${west}`);
  await using browser = await openBrowser();

  for (const width of [390, 1440]) {
    await t.step(`rows follow the ticked tags without a reload, with the keyboard, at ${width} pixels`, async () => {
      await using visitor = await visit(browser, site.url, { viewport: { width, height: 900 } });
      const { page, complaints } = visitor;
      await page.goto(`/reports/${reportId}`);
      await page.evaluate("document.documentElement.dataset.same = 'yes'");
      const found = page.locator("[data-found]");
      await page.locator("details.tag summary", { hasText: "region" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("checkbox", { name: /^West/ }).focus();
      await page.keyboard.press("Space");
      await page.getByText(`${west} of 60 stores`, { exact: true }).waitFor();
      assert.match(page.url(), /where=region%3AWest/);
      assert.equal(await page.locator("[data-tag=region]").innerText(), "West");
      await page.locator("details.tag summary", { hasText: "brand" }).click();
      assert.ok(await overflow(page) <= 0, "the open choice is wider than the screen");
      await assertAccessible(page, `a report with an open choice at ${width} pixels`);
      await page.getByRole("checkbox", { name: /^Golden Wok/ }).check();
      await page.getByText(`${woks} of 60 stores`, { exact: true }).waitFor();
      assert.match(await page.locator("tfoot").innerText(), new RegExp(`The ${woks} filtered stores? together`));
      await page.goBack();
      await page.getByText(`${west} of 60 stores`, { exact: true }).waitFor();
      assert.ok(!(await page.getByRole("checkbox", { name: /^Golden Wok/ }).isChecked()));
      assert.equal(await page.locator("[data-tag=brand]").innerText(), "all");
      assert.equal(await page.evaluate("document.documentElement.dataset.same"), "yes");
      assert.notEqual(await found.innerText(), "60 stores");
      assert.deepEqual(complaints, []);
    });
  }

  await t.step("without script, the overview is filtered by a form and links to the filtered report", async () => {
    await using visitor = await visit(browser, site.url, { javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto("/");
    // The form for a report has the same choices, folded.
    const filter = page.getByRole("search", { name: "Stores by tag" });
    await filter.locator("details.tag summary", { hasText: "region" }).click();
    await filter.getByRole("checkbox", { name: /^West/ }).check();
    await filter.getByRole("button", { name: "Show these stores" }).click();
    await page.waitForURL(/\/\?where=region%3AWest$/);
    assert.match(await page.locator("h1").innerText(), new RegExp(`^${west} stores with region West, as of `));
    assert.match(
      await page.locator("#fleet").innerText(),
      new RegExp(`Uptime of ${west} stores with region West together`),
    );
    await page.getByRole("link", { name: `All ${west} stores` }).click();
    await page.getByText(`${west} of 60 stores`, { exact: true }).waitFor();
  });

  await t.step("an open overview keeps its filter when new polls arrive", async () => {
    await using visitor = await visit(browser, site.url);
    const { page } = visitor;
    const [{ id } = { id: "" }] = await site.sql<{ id: string }[]>`
      select store_id as id from stores where tags ->> 'region' = 'East' order by store_id limit 1`;
    await page.goto("/?where=region:West");
    const up = await page.locator(".states a").allInnerTexts();
    await putPolls(site.sql, id, ["2023-01-25 18:14 active"]);
    await page.locator("#latest-poll", { hasText: "18:14" }).waitFor();
    assert.match(await page.locator("#down-now-title").innerText(), /: region West$/);
    const sum = (texts: readonly string[]) => texts.reduce((total, text) => total + Number(text), 0);
    assert.equal(sum(await page.locator(".states a").allInnerTexts()), sum(up));
  });
});
