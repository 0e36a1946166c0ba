import assert from "node:assert/strict";
import { HOURS, importText, POLLS, storedPolls, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { storedSpecialHours } from "../support/calendar_rows.ts";
import { openSite } from "../support/site.ts";
import { openBrowser } from "./browser.ts";
import { assertAccessible, drop, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

const NOON = "2023-01-25 12:00:00 UTC";

Deno.test("the data page looks before it loads", options, async (t) => {
  await using site = await openSite();
  await importText(site.sql, `${HOURS}\na,0,09:00,17:00\n`);
  await importText(site.sql, `${TIMEZONES}\na,Asia/Tokyo\n`);
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url);
  const { page, complaints } = visitor;
  await page.goto("/data");

  await t.step("a file without a warning is loaded at once", async () => {
    await drop(page, "good.csv", `${POLLS}\na,active,${NOON}\n`);
    await page.getByText("1 poll", { exact: true }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Load/ }).count(), 0);
    assert.equal((await storedPolls(site.sql)).length, 1);
  });

  await t.step("a file with a warning is shown first, and nothing is loaded yet", async () => {
    await drop(page, "ghost.csv", `${POLLS}\n1814201429499630000,active,${NOON}\na,asleep,${NOON}\n`);
    await page.getByRole("button", { name: "Load 1 file" }).waitFor();
    const said = await page.locator(".uploads li", { hasText: "ghost.csv" }).first().innerText();
    assert.match(said, /2 polls, 1 would be rejected, 1 new store/);
    assert.match(said, /1 store has rejected polls: .*\. a$/m);
    assert.match(said, /1 store has polls but no business hours: .*\. 1814201429499630000$/m);
    assert.match(said, /^New store: 1814201429499630000$/m);
    assert.equal(
      await page.locator(".uploads + .ask").innerText().then((text) => text.split("\n")[0]?.trim()),
      "Nothing is loaded yet. Look at the warnings, then decide.",
    );
    assert.deepEqual(await storedStores(site.sql), ["a Asia/Tokyo"]);
    await assertAccessible(page, "a question");
  });

  await t.step("no means that nothing is loaded", async () => {
    await page.getByRole("button", { name: "Do not load" }).click();
    await page.getByText("Not loaded", { exact: true }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Load/ }).count(), 0);
    assert.deepEqual(await storedStores(site.sql), ["a Asia/Tokyo"]);
  });

  await t.step("yes loads it, and the list of files has its warnings and new stores", async () => {
    await drop(page, "again.csv", `${POLLS}\nnew,active,${NOON}\na,asleep,${NOON}\n`);
    await page.getByRole("button", { name: "Load 1 file" }).click();
    const loaded = page.locator("#imports li", { hasText: "again.csv" }).first();
    await loaded.waitFor();
    const text = await loaded.innerText();
    assert.match(text, /1 new store: new/);
    assert.match(text, /1 store has rejected polls/);
    assert.match(text, /1 store has polls but no time zone/);
  });

  await t.step("a calendar is a proposal: its dates are shown before they are stored", async () => {
    const event = (date: string, summary: string) =>
      `BEGIN:VEVENT\nDTSTART;VALUE=DATE:${date}\nSUMMARY:${summary}\nEND:VEVENT\n`;
    const events = `${event("20261225", "Christmas Day")}${event("20270101", "New Year")}`;
    await drop(page, "holidays.ics", `BEGIN:VCALENDAR\n${events}END:VCALENDAR\n`);
    await page.getByText("Look at the dates, then decide.").first().waitFor();
    const said = await page.locator(".uploads > li", { hasText: "holidays.ics" }).innerText();
    assert.match(
      said,
      /Closed on these dates:\s+2026-12-25, Christmas Day, all stores\s+2027-01-01, New Year, all stores/,
    );
    assert.deepEqual(await storedSpecialHours(site.sql), []);
    await assertAccessible(page, "a proposal");
    await page.getByRole("button", { name: "Load 1 file" }).click();
    await page.locator("#imports li", { hasText: "holidays.ics" }).first().waitFor();
    assert.equal((await storedSpecialHours(site.sql)).length, 2);
  });

  await t.step("a file of several kinds is loaded with all of them", async () => {
    await drop(page, "places.json", JSON.stringify([{ "@id": "a", name: "A", openingHours: "Mo 09:00-17:00" }]));
    await page.locator("#imports li", { hasText: "places.json" }).first().waitFor();
    assert.match(
      await page.locator(".uploads > li", { hasText: "places.json" }).innerText(),
      /1 row of business hours; 1 store/,
    );
    assert.equal(await page.locator("#imports > ol > li", { hasText: "places.json" }).count(), 2);
  });

  await t.step("a file that fails is not asked about", async () => {
    await drop(page, "bad.csv", `${TIMEZONES}\na,nowhere\n`);
    await page.locator(".uploads .failed", { hasText: "1 of 1 row is bad" }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^Load/ }).count(), 0);
    complaints.splice(0, 1).forEach((complaint) => assert.match(complaint, /422/));
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
});

Deno.test("report and store say what was rejected", options, async (t) => {
  await using site = await openSite();
  await importText(site.sql, `${POLLS}\na,active,${NOON}\nb/c,active,${NOON}\n`);
  await importText(site.sql, `${HOURS}\nb/c,8,09:00,17:00\na,0,09:00,17:00\n`);
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url);
  const { page, complaints } = visitor;

  await t.step("the report names the stores", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: "Make the report" }).click();
    const warning = page.getByRole("list", { name: "Warnings" }).getByText(
      /1 store has rejected rows of business hours/,
    );
    await warning.waitFor();
    await page.getByText("Show stores", { exact: true }).click();
    await page.getByRole("list", { name: "Warnings" }).getByRole("link", { name: "b/c" }).click();
    await page.getByRole("heading", { name: "b/c" }).waitFor();
  });

  await t.step("the store leads to its rejected rows", async () => {
    const warnings = page.getByRole("list", { name: "Warnings" });
    assert.match(await warnings.innerText(), /^This store has rejected rows of business hours/);
    const href = await warnings.getByRole("link", { name: /Download the rejected rows of test\.csv/ }).getAttribute(
      "href",
    );
    assert.match(await (await fetch(`${site.url}${href}`)).text(), /test\.csv,2,day,8,/);
    await assertAccessible(page, "a store with a warning");
  });

  await t.step("a store without a mark says nothing", async () => {
    await page.goto("/stores/a");
    assert.equal(await page.getByRole("list", { name: "Warnings" }).count(), 0);
  });

  await t.step("a store is removed with a button, after a word of warning", async () => {
    await page.goto("/stores/b%2Fc");
    await page.getByText("Remove this store").click();
    await page.getByText(/This cannot be undone/).waitFor();
    await page.getByRole("button", { name: "Remove store b/c" }).click();
    await page.waitForURL(/\/stores$/);
    assert.deepEqual(await storedStores(site.sql), ["a -"]);
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
});
