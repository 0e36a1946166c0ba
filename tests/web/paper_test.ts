import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { loadSample, makeReport } from "./fill.ts";
import { openSite } from "../support/site.ts";
import { visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("on paper", options, async (t) => {
  await using site = await openSite();
  await loadSample(site, 60);
  const reportId = await makeReport(site, "?method=nearest");
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url, { viewport: { width: 794, height: 1123 } });
  const { page } = visitor;
  const print = async (path: string) => {
    await page.goto(path);
    await page.emulateMedia({ media: "print" });
  };
  const stores = page.locator("[aria-labelledby=worst] tbody th a");
  await page.goto("/");
  const store = await stores.first().innerText();

  for (const path of ["/", `/reports/${reportId}`, `/stores/${store}`, "/data", "/reports", "/stores"]) {
    await t.step(`${path.replace(/[0-9a-f-]{36}|\d{5,}/, "…")} has no heading without what it is about`, async () => {
      await print(path);
      assert.deepEqual(await lonelyHeadings(page), []);
    });
  }

  await t.step("the method is named wherever there are numbers", async () => {
    for (const path of ["/", `/reports/${reportId}`, `/stores/${store}?method=nearest`]) {
      await print(path);
      assert.match(await page.locator("main").innerText(), /Method: Only time within 30 minutes of a check/, path);
    }
  });

  await t.step("a report says how many of its rows are there, which, and where the others are", async () => {
    await print(`/reports/${reportId}`);
    const rows = await page.locator(".rows tbody tr").count();
    const text = await page.locator(".printed").last().innerText();
    assert.equal(rows, 50);
    assert.match(
      text,
      /^50 of 60 rows, sorted by hours down in the week, largest first\. 10 rows of the report are not shown. All rows are in/,
    );
    assert.match(text, /All rows are in the report's CSV/);
    const address = await page.evaluate<string>(
      `getComputedStyle(document.querySelector("[data-rows] .printed a"), "::after").content`,
    );
    assert.match(address, new RegExp(`/reports/${reportId}/report.csv`));
    await print(`/reports/${reportId}?q=1&min=10&max=99.5`);
    assert.match(
      await page.locator("[data-rows] .printed").innerText(),
      /^\d+ of \d+ rows with “1” in the name, id or tags, uptime at least 10 %, uptime below 99\.5 %, sorted by/,
    );
  });

  await t.step("a list that is cut says where the rest is", async () => {
    await print("/");
    assert.equal(await stores.count(), 20);
    await page.getByRole("link", { name: "All 60 stores" }).waitFor();
  });

  await t.step("what is for paper only is not on the screen", async () => {
    await page.emulateMedia({ media: "screen" });
    await page.goto(`/reports/${reportId}`);
    assert.equal(await page.locator(".printed:visible").count(), 0);
  });
});

/** Headings that nothing but another heading, or nothing at all, stands under. */
async function lonelyHeadings(page: Page): Promise<string[]> {
  return await page.evaluate<string[]>(`[...document.querySelectorAll("main :is(h2, h3)")].filter((heading) => {
    const isSeen = (element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height > 1;
    if (!isSeen(heading)) return false;
    let next = heading.nextElementSibling;
    while (next !== null && !isSeen(next)) next = next.nextElementSibling;
    return next === null || /^H[1-6]$/.test(next.tagName);
  }).map((heading) => heading.textContent)`);
}
