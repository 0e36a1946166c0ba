/** After a calendar changed, a report offers to be made again, up to the same time. */
import assert from "node:assert/strict";
import { openBrowser } from "./browser.ts";
import { makeReport } from "./fill.ts";
import { putStores } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { assertAccessible, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
const OFFER = "Make this report again with these changes";

Deno.test("a report whose calendars changed", options, async (t) => {
  await using site = await openSite();
  await putStores(site.sql, [
    { id: "shop", zone: "UTC", polls: ["2023-01-25 10:00 inactive", "2023-01-25 12:00 active"] },
  ]);
  const reportId = await makeReport(site);
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url, { javaScriptEnabled: false });
  const { page, complaints } = visitor;
  const offers = async (
    path: string,
  ) => (await page.goto(path), await page.getByRole("button", { name: OFFER }).count());

  await t.step("offers nothing while nothing changed, and nothing for polls or names alone", async () => {
    await site.sql`update stores set name = 'Shop'`;
    assert.deepEqual([await offers("/"), await offers(`/reports/${reportId}`)], [0, 0]);
  });

  await t.step("offers to be made again on the overview and on its own page", async () => {
    await page.goto("/stores/shop");
    await page.getByText("Add an exclusion").click();
    await page.locator("#exclude-from").fill("2023-01-25T10:00");
    await page.locator("#exclude-to").fill("2023-01-25T11:00");
    await page.locator("#exclude-reason").fill("closed by mistake");
    await page.getByRole("button", { name: "Exclude this time" }).click();
    await page.waitForURL(/#exclusion-/);
    assert.deepEqual([await offers("/"), await offers(`/reports/${reportId}`)], [1, 1]);
    assert.match(await page.locator(".newer").last().innerText(), /changed since this report began, last on \w+/);
  });

  await t.step("is made again up to the same time, with other numbers, and then offers nothing", async () => {
    await makePoll();
    await page.goto("/");
    assert.match(await page.locator(".figure", { hasText: "Last day" }).innerText(), /2 of 24 hours lost/);
    await page.getByRole("button", { name: OFFER }).click();
    await page.getByRole("link", { name: "Download CSV" }).waitFor();
    assert.notEqual(new URL(page.url()).pathname, `/reports/${reportId}`);
    assert.match(await page.locator("h1").innerText(), /as of Wed 25 Jan 2023, 12:00 UTC/);
    assert.match(await page.locator(".figure", { hasText: "Last day" }).innerText(), /1 of 23 hours lost/);
    assert.equal(await page.getByRole("button", { name: OFFER }).count(), 0);
  });

  await t.step("a withdrawn exclusion is a change, too", async () => {
    await page.goto("/stores/shop");
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.waitForURL(/#exclusions$/);
    assert.equal(await offers("/"), 1);
  });

  await t.step("the offer can be used by everybody", async () => {
    for (const width of [390, 1440]) {
      await using other = await visit(browser, site.url, { viewport: { width, height: 900 } });
      await other.page.goto("/");
      await assertAccessible(other.page, `an offer at ${width} pixels`);
      assert.deepEqual(other.complaints, []);
    }
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));

  /** A later poll does not move the as-of of a report that is made again. */
  async function makePoll(): Promise<void> {
    const poll = { store_id: "shop", status: "active", timestamp_utc: "2023-01-25T13:00:00Z" };
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${site.url}/polls`, { method: "POST", headers, body: JSON.stringify(poll) });
    assert.equal(answer.status, 200);
    await answer.body?.cancel();
  }
});
