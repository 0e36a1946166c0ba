import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { openBrowser } from "./browser.ts";
import { openSite } from "../support/site.ts";
import { visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("without script", options, async (t) => {
  await using site = await openSite();
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url, { javaScriptEnabled: false });
  const { page, complaints } = visitor;

  await t.step("a file is loaded, and its rejected rows are shown", async () => {
    await page.goto("/");
    const csv =
      "store_id,status,timestamp_utc\n7,active,2023-01-25 10:00:00 UTC\n7,inactive,2023-01-25 10:30:00 UTC\n8,active,2023-01-25 09:00:00 UTC\n8,x,y\n";
    await page.getByLabel("Drop files here").setInputFiles({
      name: "polls.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(csv),
    });
    await page.getByRole("button", { name: "Load" }).click();
    await page.waitForURL(/\/data#import-/);
    assert.match(await page.locator("#imports").innerText(), /polls\.csv[\s\S]*4 rows: 3 accepted, 1 rejected/);
  });

  await t.step("a file that cannot be loaded is explained on a page", async () => {
    await page.getByLabel("Drop files here").setInputFiles({
      name: "other.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("a,b\n1,2\n"),
    });
    await page.getByRole("button", { name: "Load" }).click();
    await page.getByRole("heading", { name: "The file cannot be loaded" }).waitFor();
    complaints.splice(0);
  });

  await t.step("a report is made, and its page reloads itself until it is complete", async () => {
    site.slowness = 300;
    await page.goto("/");
    await page.getByRole("button", { name: "Make the report" }).click();
    await page.getByRole("button", { name: "Cancel" }).waitFor();
    await page.getByRole("link", { name: "Download CSV" }).waitFor();
  });

  await t.step("rows are sorted and searched by links and forms", async () => {
    await page.getByRole("link", { name: "Store", exact: true }).click();
    await page.locator("th[aria-sort=ascending]").waitFor();
    assert.deepEqual(await page.locator(".rows tbody th a").allInnerTexts(), ["7", "8"]);
    await page.getByRole("link", { name: /^Store/ }).last().click();
    await page.locator("th[aria-sort=descending]").waitFor();
    await page.getByLabel("Store name, id or tag").fill("8");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("1 of 2 stores").waitFor();
    assert.deepEqual(await page.locator(".rows tbody th a").allInnerTexts(), ["8"]);
  });

  await t.step("a store's week can be read, and looked at by another method", async () => {
    await page.goto("/stores/7");
    await page.getByLabel("Method").selectOption("nearest");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/method=nearest/);
    await page.getByRole("heading", { name: "Outages" }).waitFor();
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
});
