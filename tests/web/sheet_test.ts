/** The sheet of a report that one can send: on A4 and Letter it has one or two pages, and says all that a reader needs. */
import assert from "node:assert/strict";
import { openBrowser } from "./browser.ts";
import { loadSample, makeReport } from "./fill.ts";
import { openSite } from "../support/site.ts";
import { assertAccessible, overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("a sheet that one can send", options, async (t) => {
  await using site = await openSite();
  await loadSample(site, 120, { calendars: true });
  await site
    .sql`update stores set sales_per_hour = 100, name = coalesce(name, 'A shop with a long name, 1 Example Street')`;
  const small = await makeReport(site, "?method=observed");
  const large = await makeReport(
    site,
    "?method=nearest&where=region:East,region:West&group_by=region,brand&compare=previous&target_percent=99.5" +
      `&windows=${["last_hour", "last_day", "yesterday", ...range(2, 27).map((days) => `last_${days}d`), "last_week"]}`,
  );
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url, { viewport: { width: 900, height: 1200 } });
  const { page, complaints } = visitor;
  const textOf = async (id: string) => {
    await page.goto(`/reports/${id}?print`);
    return (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
  };

  for (
    const [name, id] of [["with the usual windows", small], ["with 30 windows and groups of two tags", large]] as const
  ) {
    for (const format of ["A4", "Letter"]) {
      await t.step(`a report ${name} is one or two pages of ${format}`, async () => {
        await page.goto(`/reports/${id}?print`);
        const pages = pagesOf(await page.pdf({ format }));
        assert.ok(pages.length === 1 || pages.length === 2, `${pages.length} pages`);
        // In points: 210 × 297 mm, or 8.5 × 11 inches.
        const [width, height] = format === "A4" ? [595, 842] : [612, 792];
        for (const [, , right = 0, top = 0] of pages) {
          assert.ok(Math.abs(right - width) < 2 && Math.abs(top - height) < 2, `${right} × ${top}`);
        }
      });
    }
  }

  await t.step("it says which stores, when, by which method, and against which target", async () => {
    const text = await textOf(large);
    assert.match(text, /Uptime by region and brand, last week/);
    assert.match(text, /Stores \d+ stores with region East or West/);
    assert.match(text, /As of Wed 25 Jan 2023, 18:13 UTC/);
    assert.match(text, /Last week Wed 18 Jan 2023, 18:13 to Wed 25 Jan 2023, 18:13 UTC/);
    assert.match(text, /Method Only time within 30 minutes of a check/);
    assert.match(text, /Target 99\.5 %; a store's own target wins/);
    assert.match(text, /18 windows more in the file totals\.csv/);
  });

  await t.step("it says on which dates windows by a calendar are, if they are the same for all stores", async () => {
    const head = async (query: string) => await textOf(await makeReport(site, `?${query}`));
    await site.sql`update stores set timezone = '-06:00' where store_id = (select max(store_id) from stores)`;
    assert.match(await head("windows=yesterday"), /Yesterday Tue 24 Jan 2023, each store's own clock/);
    assert.match(
      await head("windows=2023-01-16/2023-01-20&calendar=Asia/Tokyo"),
      /Mon 16 Jan 2023 to Thu 19 Jan 2023, clock of Asia\/Tokyo Days begin at 00:00 in Asia\/Tokyo/,
    );
    await site.sql`update stores set timezone = 'Asia/Tokyo' where store_id = (select min(store_id) from stores)`;
    assert.match(await head("windows=yesterday"), /Yesterday the dates of each store's own clock/);
  });

  await t.step("it has the totals, the ten worst stores, what was not observed and the method in words", async () => {
    const text = await textOf(large);
    assert.match(text, /All stores together Window Uptime .* Last hour [\d.]+ %/);
    assert.match(text, /By region and brand, in the last week, lowest uptime first/i);
    assert.match(text, /Points since the week before/i);
    assert.match(text, /What was not observed Of the business hours of the last week, [\d.]+ % was observed/i);
    assert.match(text, /A check counts for the 30 minutes before and after it/);
    const worst = page.locator("section", { hasText: "Stores that lost the most hours" });
    assert.equal(await worst.locator("tbody tr").count(), 10);
    const down = await worst.locator("tbody td:nth-child(3)").allInnerTexts();
    assert.deepEqual(down.map(Number), down.map(Number).sort((a, b) => b - a));
  });

  await t.step("paper has neither the link back nor the button", async () => {
    await page.goto(`/reports/${small}?print`);
    await page.getByRole("button", { name: "Print, or save as PDF" }).waitFor();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("nav:visible").count(), 0);
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("link", { name: "Back to the report" }).click();
    await page.locator(".menu summary").click();
    await page.getByRole("link", { name: "Sheet to print or send" }).click();
    await page.waitForURL(/\?print$/);
  });

  await t.step("it can be read by everybody, and fits a phone", async () => {
    await page.setViewportSize({ width: 390, height: 900 });
    await page.goto(`/reports/${large}?print`);
    assert.ok(await overflow(page) <= 0, "it is wider than the screen");
    await assertAccessible(page, "the sheet");
    assert.deepEqual(complaints, []);
  });

  await t.step("a report that is not complete has its page, which says why", async () => {
    await site.sql`update reports set status = 'Failed', reason = 'It had to' where report_id = ${small}`;
    await page.goto(`/reports/${small}?print`);
    await page.getByText("It failed.").waitFor();
  });
});

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The size of each page of a PDF, in points. */
function pagesOf(pdf: Uint8Array): number[][] {
  const text = new TextDecoder("latin1").decode(pdf);
  return [...text.matchAll(/\/Type \/Page\n[\s\S]*?\/MediaBox \[([\d. ]+)\]/g)]
    .map(([, box = ""]) => box.split(" ").map(Number));
}
