import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { putStores } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { openBrowser } from "./browser.ts";
import { visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("the rows of a report, and the browser's history", options, async (t) => {
  await using site = await openSite();
  const closed = [[0, "00:00", "00:10"]] as const;
  await putStores(
    site.sql,
    Array.from({ length: 30 }, (_, index) => ({
      id: `store ${index}`,
      zone: index % 2 === 0 ? "UTC" : "Asia/Tokyo",
      polls: ["08:00 active", "09:00 inactive"],
      hours: index % 3 === 0 ? closed.map(([day, start, end]) => [day, start, end] as const) : [],
    })),
  );
  const asked = await fetch(`${site.url}/trigger_report`, { method: "POST" });
  const { report_id: reportId } = await asked.json();
  await (await fetch(`${site.url}/reports/${reportId}/events`)).text();
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url);
  const { page, complaints } = visitor;
  const search = page.getByLabel("Store name, id or tag", { exact: true });
  const found = (text: string) => page.getByText(text, { exact: true }).waitFor();

  await t.step("typing adds no step to the history", async () => {
    await page.goto(`/reports/${reportId}`);
    const steps = await historyLength(page);
    await search.pressSequentially("store 1", { delay: 250 });
    await found("11 of 30 stores");
    assert.match(page.url(), /\?q=store\+1&/);
    assert.equal(await historyLength(page), steps);
  });

  await t.step("Back takes a choice back: fields and rows say the same", async () => {
    await page.getByLabel("Time zone").selectOption("UTC");
    await found("5 of 30 stores");
    await page.getByLabel("Open when the data ended").check();
    await found("3 of 30 stores");
    await page.goBack();
    await found("5 of 30 stores");
    assert.equal(await page.getByLabel("Open when the data ended").isChecked(), false);
    assert.equal(await page.getByLabel("Time zone").inputValue(), "UTC");
    await page.goBack();
    await found("11 of 30 stores");
    assert.equal(await page.getByLabel("Time zone").inputValue(), "");
    assert.equal(await search.inputValue(), "store 1");
    await page.goForward();
    await found("5 of 30 stores");
    assert.equal(await page.getByLabel("Time zone").inputValue(), "UTC");
  });

  await t.step("Back after Clear restores what was searched for", async () => {
    await page.getByRole("link", { name: "Clear" }).click();
    await found("30 stores");
    assert.equal(await search.inputValue(), "");
    await page.goBack();
    await found("5 of 30 stores");
    assert.deepEqual([await search.inputValue(), await page.getByLabel("Time zone").inputValue()], ["store 1", "UTC"]);
  });

  await t.step("Back from a store's page restores both", async () => {
    await page.locator(".rows tbody a").first().click();
    await page.getByRole("heading", { name: "The week, day by day" }).waitFor();
    await page.goBack();
    await found("5 of 30 stores");
    assert.deepEqual([await search.inputValue(), await page.getByLabel("Time zone").inputValue()], ["store 1", "UTC"]);
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));

  for (
    const [name, answer, says] of [
      ["does not answer", undefined, "The service does not answer."],
      ["answers with an error", 503, "The service answers with status 503."],
    ] as const
  ) {
    await t.step(`a filter while the service ${name} keeps the rows and says so`, async () => {
      await page.goto(`/reports/${reportId}`);
      const rows = await page.locator(".rows tbody th a").allInnerTexts();
      await page.route("**/reports/**", (route) => answer ? route.fulfill({ status: answer }) : route.abort());
      await search.fill("store 29");
      await page.getByText(`${says} The rows below are the previous ones.`).waitFor();
      assert.deepEqual(await page.locator(".rows tbody th a").allInnerTexts(), rows);
      assert.equal(await search.inputValue(), "store 29");
      await page.unrouteAll();
      await page.getByRole("button", { name: "Try again" }).click();
      await found("1 of 30 stores");
      assert.equal(await page.getByText("The rows below are the previous ones.").isVisible(), false);
    });
  }

  await t.step("a link while the service does not answer leads to no error page", async () => {
    await page.getByLabel("Time zone").selectOption("UTC");
    await found("0 of 30 stores");
    await page.route("**/reports/**", (route) => route.abort());
    await page.getByRole("link", { name: "Clear" }).click();
    await page.getByText("The rows below are the previous ones.").waitFor();
    await page.goBack();
    await page.getByText("The rows below are the previous ones.").waitFor();
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await found("1 of 30 stores");
    assert.equal(await page.getByLabel("Time zone").inputValue(), "");
  });
});

async function historyLength(page: Page): Promise<number> {
  return await page.evaluate<number>("history.length");
}
