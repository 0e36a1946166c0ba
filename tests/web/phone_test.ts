import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Locator, Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { loadSample, makeReport } from "./fill.ts";
import { openSite } from "../support/site.ts";
import { assertAccessible, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("on a phone", options, async (t) => {
  await using site = await openSite();
  await loadSample(site, 60);
  const reportId = await makeReport(site);
  await using browser = await openBrowser();
  const phone = (width = 390, height = 844) =>
    visit(browser, site.url, { viewport: { width, height }, hasTouch: true, isMobile: true });

  await t.step("stores come before the form of a new report", async () => {
    await using visitor = await phone();
    await visitor.page.goto("/");
    const worst = await boxOf(visitor.page.getByRole("heading", { name: "Stores that lost the most" }));
    const form = await boxOf(visitor.page.getByRole("heading", { name: "New report" }));
    assert.ok(worst.y < form.y, `stores at ${worst.y}, the form at ${form.y}`);
  });

  for (const width of [320, 390]) {
    await t.step(`the week's downtime is seen without swiping, at ${width} pixels`, async () => {
      await using visitor = await phone(width);
      await visitor.page.goto(`/reports/${reportId}`);
      const { x, width: wide } = await boxOf(visitor.page.locator(".rows tbody tr").first().locator("td").nth(4));
      assert.ok(x + wide <= width, `it ends at ${x + wide}`);
      const { height } = await boxOf(visitor.page.locator(".rows tbody th a").first());
      assert.ok(height < 50, `an id is ${height} high, more than two lines`);
    });
  }

  await t.step("a table that goes on has a shade at that edge, until it is swiped to its end", async () => {
    await using visitor = await phone();
    const { page } = visitor;
    await page.goto(`/reports/${reportId}`);
    const table = page.locator("[data-rows] .scroll");
    const bare = await edge(page, table);
    await table.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
    const end = await edge(page, table);
    assert.ok(end - bare > 20, `the edge is ${bare} bright where it goes on, and ${end} where it ends`);
  });

  await t.step("what a tapped mark says is on the screen", async () => {
    await using visitor = await phone(390, 500);
    const { page } = visitor;
    await page.goto(`/stores/${await busyStore(page)}`);
    const [mark] = await page.locator(".piece.up").all();
    assert.ok(mark);
    await mark.scrollIntoViewIfNeeded();
    await mark.tap();
    const reading = page.locator("[data-reading]");
    assert.match(await reading.innerText(), /^Up from /);
    const { y, height } = await boxOf(reading);
    assert.ok(y >= 0 && y + height <= 500, `it stands from ${y} to ${y + height}`);
  });

  await t.step("a tapped gap says how long it is", async () => {
    await using visitor = await phone(390, 500);
    const { page } = visitor;
    await page.goto(`/stores/${await busyStore(page)}?as_of=2023-01-18T00:00:00Z`);
    const [gap] = await page.locator(".gap").all();
    assert.ok(gap);
    await gap.tap();
    assert.match(await page.locator("[data-reading]").innerText(), /^No data up to .*: no poll at all; \d+\s(h|min)/);
  });

  await t.step("rows are sorted by what was observed with a tap on the head of that column", async () => {
    await using visitor = await phone();
    const { page } = visitor;
    await page.goto(`/reports/${reportId}`);
    await page.getByRole("link", { name: "observed" }).tap();
    await page.waitForURL(/sort=observed/);
    const shares = await page.locator(".rows tbody tr td:nth-child(8)").allInnerTexts();
    const numbers = shares.map((text) => parseFloat(text));
    assert.ok(numbers.length > 10);
    assert.deepEqual(numbers, numbers.toSorted((a, b) => b - a));
  });

  await t.step("marks of the week are reached with the keyboard, with one stop and arrows", async () => {
    await using visitor = await phone();
    const { page, complaints } = visitor;
    await page.goto(`/stores/${await busyStore(page)}`);
    await page.locator("form.row button").focus();
    const said = () => page.locator("[data-reading]").innerText();
    for (let stops = 0; stops < 4 && !/^(Up|Down|Poll)/.test(await said()); stops++) await page.keyboard.press("Tab");
    const first = await said();
    assert.match(first, /^(Up|Down|Poll)/);
    await page.keyboard.press("ArrowRight");
    const second = await said();
    assert.notEqual(second, first);
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await said(), second);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    assert.equal(await said(), first);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate("document.activeElement.closest('[data-week]')"), null);
    await assertAccessible(page, "a store's page");
    assert.deepEqual(complaints, []);
  });

  await t.step("the name of a file that cannot be loaded stays on one line", async () => {
    await using visitor = await phone(320);
    const { page } = visitor;
    await page.goto("/data");
    const name = "a_file_of_stores.csv";
    await page.getByLabel("Drop files here").setInputFiles({
      name,
      mimeType: "text/csv",
      buffer: Buffer.from("name,age\nEve,40\n"),
    });
    await page.locator(".uploads .failed").waitFor();
    const { height } = await boxOf(page.locator(".uploads .name"));
    assert.ok(height < 40, `it is ${height} high`);
  });
});

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await element.boundingBox();
  assert.ok(box);
  return box;
}

/** A store that was open and seen. */
async function busyStore(page: Page): Promise<string> {
  await page.goto("/");
  return await page.locator("[aria-labelledby=worst] tbody th a").first().innerText();
}

/** How bright a table is at its right edge, in its head, 0 to 255. */
async function edge(page: Page, table: Locator): Promise<number> {
  await table.evaluate((element) => element.scrollIntoView());
  const { x, y, width } = await boxOf(table);
  const png = await page.screenshot({ clip: { x: x + width - 2, y: y + 2, width: 1, height: 1 } });
  return await page.evaluate<number>(`(async () => {
    const bytes = Uint8Array.from(atob("${png.toString("base64")}"), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, 1, 1).data[0];
  })()`);
}
