/** The whole way of a newcomer, in a real browser. One suite, since each step stands on the one before. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { writeSample } from "../../src/sample/write_sample.ts";
import { openBrowser } from "./browser.ts";
import { openSite } from "../support/site.ts";
import { makeTempFolder } from "../support/temp_folder.ts";
import { drop, visit } from "./visitor.ts";

const STORES = 120;

// Playwright keeps timers and pipes of its own.
const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("from an empty database to a download", options, async (t) => {
  await using folder = await makeTempFolder();
  await writeSample(folder.path, { stores: STORES, days: 8, seed: 7 });
  await using site = await openSite();
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url);
  const { page, complaints } = visitor;

  await t.step("an empty database shows how to begin", async () => {
    await page.goto("/");
    await page.getByRole("heading", { name: "Which stores lose hours, and why?" }).waitFor();
    await page.getByRole("button", { name: "Create sample data" }).waitFor();
  });

  await t.step("files are chosen together, their kinds found by their headers", async () => {
    const paths = ["store_status.csv", "menu_hours.csv", "timezones.csv"].map((name) => `${folder.path}/${name}`);
    await page.getByLabel("Drop files here").setInputFiles(paths);
    // Some stores of the sample have no hours.
    await page.getByRole("button", { name: "Load 3 files" }).click();
    await page.getByText(/^\d+ time zones$/).waitFor();
    assert.match(await page.locator(".uploads").innerText(), /[\d,]+ polls[\s\S]*[\d,]+ rows of business hours/);
  });

  await t.step("a dropped file shows its rejected rows with their lines", async () => {
    await drop(page, "bad.csv", "store_id,status,timestamp_utc\n1,active,2023-01-25 10:00:00 UTC\n1,asleep,today\n");
    await page.getByRole("button", { name: "Load 1 file" }).click();
    await page.getByText("1 poll loaded, 1 of 2 rows rejected").waitFor();
    await page.getByText("1 file loaded in part", { exact: true }).waitFor({ state: "attached" });
    await page.locator("#imports").getByText("Loaded in part").waitFor();
    const cells = page.locator("#imports .rejects tbody tr").first().locator("td");
    await cells.first().waitFor();
    assert.deepEqual(await cells.allInnerTexts(), [
      "3",
      "status",
      "asleep",
      "is neither active nor inactive: write active or inactive (up or down, online or offline)",
    ]);
  });

  await t.step("a file that cannot be loaded says why", async () => {
    await drop(page, "other.csv", "name,age\nEve,40\n");
    await page.locator(".uploads").getByText(/The header tells no kind of file/).waitFor();
    complaints.splice(0, 1).forEach((complaint) => assert.match(complaint, /422/));
  });

  await t.step("a requested report shows its progress", async () => {
    site.slowness = 60;
    await page.getByRole("link", { name: "Continue to the first report" }).click();
    await page.getByRole("button", { name: "Make the report" }).click();
    await page.waitForURL(/\/reports\//);
    const told = new Set<string>();
    const said = page.locator(".progress .said");
    while (await said.count() > 0) {
      told.add(await said.innerText({ timeout: 200 }).catch(() => ""));
      await page.waitForTimeout(30);
    }
    const counts = [...told].filter((text) => /^[1-9]\d* of 121 stores$/.test(text));
    assert.ok(counts.length >= 2, `it told ${[...told].join("; ")}`);
    site.slowness = 0;
  });

  await t.step("then the page shows the rows, those that lost most first", async () => {
    await page.getByText("121 stores", { exact: true }).waitFor();
    const lost = await column(page, 5);
    assert.deepEqual(lost, lost.toSorted((a, b) => b - a));
    assert.equal(lost.length, 50);
  });

  await t.step("rows are sorted by any column, with the keyboard, without reloading the page", async () => {
    await page.evaluate("globalThis.isSame = true");
    await page.getByRole("columnheader", { name: "Week's uptime" }).getByRole("link").press("Enter");
    await page.waitForURL(/sort=share&dir=desc/);
    await page.locator("th[aria-sort=descending]", { hasText: "Week's uptime" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/sort=share&dir=asc/);
    const shares = await column(page, 3);
    assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
    assert.equal(await page.evaluate("globalThis.isSame"), true);
  });

  await t.step("rows are searched by id, and the number of those found is said", async () => {
    const first = await page.locator(".rows tbody th a").first().innerText();
    await page.getByLabel("Store name, id or tag").fill(first.slice(0, 12));
    await page.getByText("1 of 121 stores").waitFor();
    assert.deepEqual(await page.locator(".rows tbody th a").allInnerTexts(), [first]);
    await page.getByRole("link", { name: "Clear" }).click();
    await page.getByText("121 stores", { exact: true }).waitFor();
    await page.getByLabel("Uptime at least").fill("100");
    await page.getByLabel("Open when the data ended").check();
    await page.getByText(/^\d+ of 121 stores$/).waitFor();
    await page.goBack();
  });

  await t.step("a store's page says what its row says, and of which intervals it is the sum", async () => {
    await page.getByRole("link", { name: "Clear" }).click();
    // The rows of before are there until the answer comes.
    await page.getByText("121 stores", { exact: true }).waitFor();
    const row = page.locator(".rows tbody tr").first();
    const [, , , up, down] = await row.locator("td").allInnerTexts();
    await row.getByRole("link").click();
    await page.getByRole("heading", { name: "The week, day by day" }).waitFor();
    const week = await page.locator(".figure", { hasText: "Last week" }).innerText();
    assert.match(week, new RegExp(`${up} hours up, ${down} down`));
    await page.locator("#last_week-intervals summary").click();
    assert.match(
      await page.locator("#last_week-intervals tfoot").first().innerText(),
      new RegExp(`${up} up, ${down} down`),
    );
    await page.locator(".piece.down").first().hover();
    assert.match(await page.locator("[data-reading]").innerText(), /^Down from .* based on the poll of /);
  });

  await t.step("one click downloads the report's CSV, byte for byte", async () => {
    await page.getByRole("link", { name: "Overview" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download CSV" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^storewatch-20\d\d-\d\d-\d\dT\d\d-\d\d-observed-report\.csv$/);
    const [, reportId] = /\/reports\/([0-9a-f-]+)/.exec(download.url()) ?? [];
    assert.equal(
      await Deno.readTextFile(await download.path()),
      await Deno.readTextFile(`${site.reportsFolder}/${reportId}.csv`),
    );
  });

  await t.step("a report that is being made can be cancelled", async () => {
    site.slowness = 500;
    await page.getByLabel("Closed hours count as up").check();
    await page.getByRole("button", { name: "Make the report" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("It was cancelled.").waitFor();
    site.slowness = 0;
  });

  await t.step("a cancelled report is made after all, with the same settings", async () => {
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: "Download CSV" }).waitFor();
    await page.getByText("Method: Closed hours count as up").waitFor();
  });

  await t.step("and nothing was amiss on the way", () => assert.deepEqual(complaints, []));
});

/** Drops a file as a mouse would. */
async function column(page: Page, index: number): Promise<number[]> {
  const texts = await page.locator(`.rows tbody tr > :nth-child(${index + 1})`).allInnerTexts();
  return texts.map((text) => parseFloat(text));
}
