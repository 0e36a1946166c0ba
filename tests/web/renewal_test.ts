/** What changes on a page by itself, and what must not. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { putStores } from "../support/fleet.ts";
import { openSite, type Site } from "../support/site.ts";
import { openBrowser } from "./browser.ts";
import { assertAccessible, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("a page changes by itself where there is news, and nowhere else", options, async (t) => {
  await using site = await openSite();
  await putStores(site.sql, Array.from({ length: 60 }, (_, index) => ({ id: `store ${index}`, polls: POLLS })));
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url);
  const { page, complaints } = visitor;

  await t.step("the first report joins a form that is half filled in", async () => {
    await ask(site, { slowness: 120 });
    await page.goto("/");
    await page.getByText(/of 60 stores/).waitFor();
    const before = await fillIn(page);
    await page.getByText("Complete.").waitFor();
    await page.locator(".histogram").waitFor();
    await assertKept(page, before);
    const bar = await page.locator(".progress progress").boundingBox();
    assert.ok((bar?.width ?? 0) > 300, `the bar of the report that ended has a width of ${bar?.width} pixels`);
    assert.equal(await page.locator(".figures .number").count(), 3);
  });

  await t.step("a later report changes the numbers above a form that is half filled in", async () => {
    await ask(site, { slowness: 0, query: "?as_of=2023-01-25T08:00:00Z" });
    await ask(site, { slowness: 120, query: "?as_of=2023-01-26T09:00:00Z" });
    await page.goto("/");
    await page.getByText(/of 60 stores/).waitFor();
    const before = await fillIn(page);
    await page.locator(".title", { hasText: "26 Jan" }).waitFor();
    await assertKept(page, before);
    await page.locator("#history + .scroll tbody tr").nth(2).waitFor();
    await assertAccessible(page, "the overview after a report");
  });

  await t.step("a report that begins meanwhile is followed, too", async () => {
    await ask(site, { slowness: 100 });
    await page.goto("/");
    await page.getByText(/of 60 stores/).waitFor();
    await ask(site, { slowness: 100 });
    await page.getByText("Complete.").nth(1).waitFor();
  });

  await t.step("a report's page shows its rows without losing what is typed into the search", async () => {
    const reportId = await ask(site, { slowness: 120 });
    await page.goto(`/reports/${reportId}`);
    await page.getByText(/of 60 stores/).waitFor();
    const search = page.getByRole("searchbox", { name: "Find a store" });
    await search.fill("store 1");
    await page.getByText("60 stores", { exact: true }).waitFor();
    assert.equal(await search.inputValue(), "store 1");
    await page.getByLabel("Store name, id or tag", { exact: true }).fill("store 17");
    await page.getByText("1 of 60 stores").waitFor();
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
});

Deno.test("progress says that it is out of date", options, async (t) => {
  await using site = await openSite();
  await putStores(site.sql, [{ id: "1", polls: POLLS }]);
  await using browser = await openBrowser();
  const [reportId] = [await ask(site, { slowness: 30_000 })];
  const isLate = "The service does not answer, so this is out of date.";

  await t.step("as soon as the connection breaks, until the service answers again", async () => {
    await using visitor = await visit(browser, site.url);
    const { page } = visitor;
    await page.goto("/");
    await page.getByText("0 of 1 store").waitFor();
    assert.equal(await page.getByText(isLate).isVisible(), false);
    await page.route(`**/reports/${reportId}*/**`, (route) => route.abort());
    await page.route(`**/reports/${reportId}`, (route) => route.abort());
    await page.goto("/");
    await page.getByText(isLate).waitFor();
    await page.unrouteAll();
    await page.getByText(isLate).waitFor({ state: "hidden" });
  });

  await t.step("when nothing comes for a while and the service does not answer either", async () => {
    await using visitor = await visit(browser, site.url);
    const { page } = visitor;
    await page.clock.install();
    // A connection that stays open, and silent.
    await page.route(`**/reports/${reportId}/events`, () => {});
    await page.route(`**/reports/${reportId}`, (route) => route.abort());
    await page.goto("/");
    await page.locator(".progress").waitFor();
    assert.equal(await page.getByText(isLate).isVisible(), false);
    await page.clock.fastForward(31_000);
    await page.getByText(isLate).waitFor();
    await assertAccessible(page, "progress that is out of date");
  });

  await t.step("a report that ended unseen is found out", async () => {
    await using visitor = await visit(browser, site.url);
    const { page } = visitor;
    await page.clock.install();
    await page.route(`**/reports/${reportId}/events`, () => {});
    await page.goto("/");
    await page.locator(".progress").waitFor();
    await fetch(`${site.url}/reports/${reportId}`, { method: "DELETE" });
    await page.clock.fastForward(31_000);
    await page.getByText("Cancelled. See the report").waitFor();
  });
  site.slowness = 0;
});

const POLLS = ["2023-01-18 09:00 active", "08:00 active", "08:30 inactive", "09:00 active"];

/** Asks for a report. Without slowness, waits for it. */
async function ask(site: Site, { slowness, query = "" }: { slowness: number; query?: string }): Promise<string> {
  site.slowness = slowness;
  const { report_id: reportId } = await (await fetch(`${site.url}/trigger_report${query}`, { method: "POST" })).json();
  if (slowness === 0) await (await fetch(`${site.url}/reports/${reportId}/events`)).text();
  return String(reportId);
}

/** Works on the form for a new report. @returns where it stands on the screen */
async function fillIn(page: Page): Promise<number> {
  await page.evaluate("globalThis.isSame = true");
  await page.locator("input[value=nearest]").check();
  await page.locator("#report-as_of").fill("2023-01-24T10:00:05");
  await page.locator("#precision").selectOption("5");
  await page.locator("#report-as_of").scrollIntoViewIfNeeded();
  await page.locator("#report-as_of").focus();
  return await placeOf(page);
}

async function assertKept(page: Page, before: number): Promise<void> {
  assert.equal(await page.evaluate("globalThis.isSame"), true, "the page was loaded again");
  assert.equal(await page.locator("input[name=method]:checked").inputValue(), "nearest");
  assert.equal(await page.locator("#report-as_of").inputValue(), "2023-01-24T10:00:05");
  assert.equal(await page.locator("#precision").inputValue(), "5");
  assert.equal(await page.evaluate("document.activeElement.id"), "report-as_of");
  const moved = Math.abs(await placeOf(page) - before);
  assert.ok(moved <= 2, `the form moved by ${moved} pixels`);
}

async function placeOf(page: Page): Promise<number> {
  return await page.evaluate<number>("document.querySelector('#report-as_of').getBoundingClientRect().top");
}
