/** What is down now, on the overview and on a store's page, while polls come in. */
import assert from "node:assert/strict";
import { putPolls, putStores } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { openBrowser } from "./browser.ts";
import { assertAccessible, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
const POLLS = ["2023-01-18 09:00 active", "2023-01-25 06:00 active", "2023-01-25 08:00 inactive"];

Deno.test("what is down now", options, async (t) => {
  await using site = await openSite();
  const { sql } = site;
  const down = Array.from({ length: 12 }, (_, n) => ({ id: `down ${n}`, zone: "UTC", polls: POLLS }));
  await putStores(sql, [
    ...down,
    { id: "longest", zone: "UTC", polls: ["2023-01-25 02:00 inactive", "2023-01-25 08:30 inactive"] },
    { id: "quiet", polls: ["2023-01-20 09:00 active"] },
    { id: "up", zone: "UTC", polls: ["2023-01-25 09:00 active"] },
  ]);
  const { report_id: reportId } = await (await fetch(`${site.url}/trigger_report`, { method: "POST" }))
    .json();
  await (await fetch(`${site.url}/reports/${reportId}/events`)).text();
  await using browser = await openBrowser();

  await t.step(
    "is the first section on the overview, longest first, and says how old it is",
    async () => {
      await using visitor = await visit(browser, site.url, { javaScriptEnabled: false });
      const { page } = visitor;
      await page.goto("/");
      const section = page.locator("main > section").first();
      const text = await section.innerText();
      assert.match(text, /^Down at the latest data/);
      assert.match(text, /The latest data is from Wed 25 Jan 2023, 09:00 UTC, \d+ years ago/);
      const rows = await section.locator("tbody tr").allInnerTexts();
      assert.equal(rows.length, 10);
      assert.match(
        rows[0] ?? "",
        /^longest\s+Wed 25 Jan, 02:00 UTC \(7 h 00 min\)\s+7 h 00 min\s+30 min before the latest poll/,
      );
      assert.match(text, /No data for a day[^]*1 store is open[^]*quiet/);
      await section.getByRole("link", { name: "All 13 stores that are down" })
        .click();
      assert.equal(await page.locator("#store-list tbody tr").count(), 13);
      for (const path of ["/stores", "/reports", "/data", "/how-sure", "/docs", "/no/such/page"]) {
        await page.goto(path);
        const line = await page.locator("#latest-poll").innerText();
        assert.match(line, /^Latest poll: 2023-01-25 09:00 UTC, \d+ years ago$/, path);
      }
    },
  );

  await using visitor = await visit(browser, site.url);
  const { page, complaints } = visitor;

  await t.step(
    "follows the polls without a reload, and a link keeps the focus",
    async () => {
      await page.goto("/");
      await assertAccessible(page, "what is down now");
      await page.evaluate("globalThis.isSame = true");
      const link = page.locator("#down-now").getByRole("link", { name: "down 1", exact: true });
      await link.focus();
      await putPolls(sql, "longest", ["2023-01-25 09:05 active"]);
      await page.getByRole("link", { name: "All 12 stores that are down" })
        .waitFor();
      await page.getByText("There are newer polls, up to Wed 25 Jan 2023, 09:05 UTC").waitFor();
      assert.equal(await page.evaluate("document.activeElement.textContent"), "down 1");
      assert.equal(await page.evaluate("globalThis.isSame"), true);
    },
  );

  await t.step(
    "the offer makes the same report with the newest data",
    async () => {
      await page.getByRole("button", { name: "Make this report with the newest data" }).click();
      await page.waitForURL(/\/reports\//);
      await page.getByRole("heading", { name: "Report as of Wed 25 Jan 2023, 09:05 UTC" }).waitFor();
      assert.equal(await page.locator(".newer").count(), 0);
    },
  );

  await t.step("a store's badge changes with its polls", async () => {
    await page.goto("/stores/up");
    await page.locator("#store-state .state.up").waitFor();
    await putPolls(sql, "up", ["2023-01-25 09:10 inactive"]);
    await page.locator("#store-state .state.down").waitFor();
    await page.getByRole("link", { name: "Show the newest data" }).click();
    await page.waitForURL(/as_of=2023-01-25T09%3A10/);
    await assertAccessible(page, "a store that is down");
  });

  await t.step("a report whose last hour nobody observed says so", async () => {
    const ask = async (asOf: string) => {
      const answer = await fetch(`${site.url}/trigger_report?as_of=${asOf}`, { method: "POST" });
      const { report_id: id } = await answer.json();
      await (await fetch(`${site.url}/reports/${id}/events`)).text();
      await page.goto(`/reports/${id}`);
      return await page.getByText("The last hour of this report is not observed.").count();
    };
    // The latest poll is of 09:10, and counts as observed for two hours.
    assert.equal(await ask("2023-01-25T12:09:59Z"), 0);
    assert.equal(await ask("2023-01-25T12:10:01Z"), 1);
  });

  await t.step("fits a phone", async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    for (const path of ["/", "/now", "/stores?state=down"]) {
      await page.goto(path);
      const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
      assert.ok(wide <= 320, `${path} is ${wide} pixels wide`);
    }
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
});
