/** What a store's page shows of its calendar: special dates and exclusions in the week, and why time does not count. */
import assert from "node:assert/strict";
import { importFile } from "../../src/ingest/import_file.ts";
import { openBrowser } from "./browser.ts";
import { EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { putStores } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { RULES } from "../support/rules.ts";
import { assertAccessibleInBothSchemes, overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

const WEEK: [number, string, string][] = [0, 1, 2, 3, 4, 5, 6].map((day) => [day, "09:00", "17:00"]);

Deno.test("the calendar on a store's page", options, async (t) => {
  await using site = await openSite();
  const { sql } = site;
  await putStores(sql, [{
    id: "shop",
    zone: "America/New_York",
    hours: WEEK,
    polls: ["2023-01-18 14:00 active", "2023-01-25 17:00 active"],
  }]);
  const load = async (source: string, text: string) =>
    void await importFile(sql, { zoneRules: RULES, source, body: new Blob([text]).stream(), actor: "command" });
  await load("special.csv", `${SPECIAL}\n*,2023-01-22,,,Winter holiday\nshop,2023-01-23,12:00,15:00,Inventory\n`);
  await load(
    "exclusions.csv",
    `${EXCLUSIONS}\nshop,2023-01-20 10:00,2023-01-20 12:00,planned,power maintenance\nshop,2023-01-20T16:00:00Z,2023-01-20T18:00:00Z,platform,app outage\n`,
  );
  await load("hours.csv", "store_id,valid_from,day,start_time_local,end_time_local\nshop,2023-02-01,0,10:00,16:00\n");
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url);
  const { page, complaints } = visitor;

  await t.step("the week says beside a day, and in words for those who do not see it, why it is special", async () => {
    await page.goto("/stores/shop?method=step");
    const day = (date: string) => page.locator(".week li").filter({ has: page.locator(".date", { hasText: date }) });
    assert.match(await day("Sun 22 Jan").innerText(), /Winter holiday/);
    assert.match(await day("Mon 23 Jan").innerText(), /Inventory/);
    assert.match(await day("Fri 20 Jan").innerText(), /power maintenance\s+app outage/);
    const label = async (date: string) => await day(date).locator("svg.day").getAttribute("aria-label");
    assert.match(await label("Sun 22 Jan") ?? "", /: closed, special date: Winter holiday, all stores, /);
    assert.match(
      await label("Fri 20 Jan") ?? "",
      /excluded: planned closure, power maintenance, made by a command, excluded: platform incident, app outage, made by/,
    );
  });

  await t.step("each hatched bar says its reason, its kind and who made it, to the keyboard as well", async () => {
    const said = page.locator("[data-reading]");
    await page.locator(".piece.excluded").nth(1).focus();
    assert.match(
      await said.innerText(),
      /^Excluded: planned closure, power maintenance, made by a command; platform incident, app outage, made by a command, from Fri 20 Jan, 11:00:00 to Fri 20 Jan, 12:00:00, 1:00:00$/,
    );
    await page.locator(".piece.special").first().focus();
    assert.match(await said.innerText(), /^Special date: Winter holiday, all stores, from Sun 22 Jan, 00:00:00 to Mon/);
  });

  await t.step("what is not scheduled is listed with its reason, and adds up to the window with what is", async () => {
    await page.locator("#last_week-intervals summary").click();
    const table = page.getByRole("region", { name: "Time that is not scheduled in the last week" });
    const rows = await table.locator("tbody tr").allInnerTexts();
    assert.ok(
      rows.some((row) =>
        /Fri 20 Jan, 12:00:00\s+Fri 20 Jan, 13:00:00\s+Excluded: platform incident, app outage/.test(row)
      ),
    );
    assert.ok(rows.some((row) => /Mon 23 Jan, 15:00:00\s+Tue 24 Jan, 00:00:00\s+Special date: Inventory\s/.test(row)));
    assert.ok(rows.some((row) => /\sClosed\s/.test(row)));
    // 168 hours, of which 7 days of 8 hours less two of the exclusions' three, the holiday's 8 and the inventory's 5.
    assert.match(await table.locator("tfoot").innerText(), /Total\s+128:00:00/);
    const numbers = await page.locator(".figure", { hasText: "Last week" }).innerText();
    assert.match(numbers, /40\.00 hours up/);
  });

  await t.step("special dates, exclusions and other versions of the hours stand below", async () => {
    const special = await page.getByRole("region", { name: "List of special dates" }).innerText();
    assert.match(special, /Mon 23 Jan 2023\s+12:00–15:00\s+Inventory/);
    assert.match(special, /Sun 22 Jan 2023\s+closed\s+Winter holiday\s+rule for all stores/);
    const exclusions = await page.getByRole("region", { name: "Exclusions in force" }).innerText();
    assert.match(
      exclusions,
      /app outage\s+platform incident\s+Fri 20 Jan 2023, 11:00\s+to Fri 20 Jan 2023, 13:00\s+1 store/,
    );
    const hours = page.locator("[aria-labelledby=hours]");
    assert.match(await hours.innerText(), /Before Wed 1 Feb 2023\s+Monday\s+09:00–17:00/);
    await hours.getByText("From Wed 1 Feb 2023 on").click();
    assert.match(await hours.innerText(), /Monday\s+10:00–16:00\s+Tuesday\s+closed/);
  });

  await t.step("under clock, closed time of a special date counts as up and still says why it is closed", async () => {
    await page.goto("/stores/shop?method=clock");
    await page.locator("#last_week-intervals summary").click();
    const table = page.getByRole("region", { name: "Time that is not scheduled in the last week" });
    assert.match(await table.innerText(), /Special date: Winter holiday, all stores \(counts as up by this method\)/);
  });

  await t.step("a span that is drawn over a day fills the form for an exclusion", async () => {
    await page.goto("/stores/shop");
    const day = page.locator(".week li").filter({ has: page.locator(".date", { hasText: "Tue 24 Jan" }) }).locator(
      "svg.day",
    );
    await day.scrollIntoViewIfNeeded();
    const box = await day.boundingBox();
    assert.ok(box);
    const x = (hour: number) => box.x + box.width * hour / 24;
    await page.mouse.move(x(14), box.y + 20);
    await page.mouse.down();
    await page.mouse.move(x(12), box.y + 25, { steps: 4 });
    await page.mouse.up();
    assert.match(await page.locator("#exclude-from").inputValue(), /^2023-01-24T(11:55|12:00|12:05)$/);
    assert.match(await page.locator("#exclude-to").inputValue(), /^2023-01-24T(13:55|14:00|14:05)$/);
    assert.equal(await page.evaluate("document.activeElement.name"), "reason");
    assert.match(await page.locator("[data-reading]").innerText(), /has this time now/);
  });

  await t.step("it can be used by everybody, on a phone and a desk, in light and dark", async () => {
    for (const width of [390, 1440]) {
      await using other = await visit(browser, site.url, { viewport: { width, height: 900 } });
      await other.page.goto("/stores/shop");
      for (const summary of await other.page.locator("details > summary").all()) await summary.click();
      assert.ok(await overflow(other.page) <= 0, `${width} pixels`);
      await assertAccessibleInBothSchemes(other.page, `a store's page at ${width} pixels`);
      assert.deepEqual(other.complaints, []);
    }
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
});
