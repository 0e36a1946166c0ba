/** The forms of a store's page that change its calendar, without script. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { storedExclusions, storedSpecialHours } from "../support/calendar_rows.ts";
import { putStores } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };
const WEEK: [number, string, string][] = [0, 1, 2, 3, 4, 5, 6].map((day) => [day, "09:00", "17:00"]);

for (const width of [390, 1440]) {
  Deno.test(`a store's calendar is changed without script, at ${width} pixels`, options, async (t) => {
    await using site = await openSite();
    const { sql } = site;
    await putStores(sql, [{ id: "shop/1", zone: "America/New_York", hours: WEEK, polls: ["2023-01-25 17:00 active"] }]);
    await using browser = await openBrowser();
    const viewport = { width, height: 900 };
    await using visitor = await visit(browser, site.url, { javaScriptEnabled: false, viewport });
    const { page, complaints } = visitor;
    const address = "/stores/shop%2F1?method=nearest&as_of=2023-01-25T17%3A00%3A00Z";

    await t.step("an exclusion is added, is drawn in the week, and takes its time out of the count", async () => {
      await page.goto(address);
      await page.getByText("Add an exclusion").click();
      await exclude(page, { from: "2023-01-24T10:00", to: "2023-01-24T12:30", reason: "new oven" });
      await page.waitForURL(/\/stores\/shop%2F1\?method=nearest&as_of=[^#]*#exclusion-[0-9a-f-]{36}$/);
      assert.deepEqual(await storedExclusions(sql), ["shop/1 2023-01-24T10:00 2023-01-24T12:30 pause (new oven)"]);
      assert.match(await page.locator(".week li", { hasText: "Tue 24 Jan" }).innerText(), /new oven/);
      assert.match(
        await page.getByRole("region", { name: "Exclusions in force" }).innerText(),
        /new oven\s+merchant pause[\s\S]*on a page/,
      );
    });

    await t.step(
      "a form with a mistake says so beside the field, keeps what was typed, and changes nothing",
      async () => {
        await page.getByText("Add an exclusion").click();
        await exclude(page, { from: "2023-01-24T12:00", to: "2023-01-24T10:00", reason: "typed by mistake" });
        const alert = page.getByRole("alert");
        assert.match(await alert.innerText(), /Nothing was changed/);
        const { y = -1 } = await alert.boundingBox() ?? {};
        assert.ok(y >= 0 && y < 900, `the reason stands at ${y}`);
        const to = page.locator("#exclude-to");
        assert.equal(await to.getAttribute("aria-invalid"), "true");
        const fault = page.locator(`[id="${await to.getAttribute("aria-describedby")}"]`);
        assert.match(await fault.innerText(), /“2023-01-24T10:00” .*from/);
        assert.equal(await to.inputValue(), "2023-01-24T10:00");
        assert.equal(await page.locator("#exclude-reason").inputValue(), "typed by mistake");
        assert.equal(await page.locator("#exclude-kind").inputValue(), "pause");
        assert.match(await page.locator("select#method").inputValue(), /nearest/);
        assert.equal((await storedExclusions(sql)).length, 1);
        assert.ok(await overflow(page) <= 0);
        await page.locator("#exclude-to").fill("2023-01-24T14:00");
        await page.getByRole("button", { name: "Exclude this time" }).click();
        await page.waitForURL(/#exclusion-/);
        assert.equal((await storedExclusions(sql)).length, 2);
      },
    );

    await t.step("an exclusion is changed: what its form does not touch stays", async () => {
      await page.getByRole("row", { name: "new oven" }).getByRole("link", { name: "Change" }).click();
      await page.waitForURL(/change=[0-9a-f-]{36}#change$/);
      assert.equal(await page.locator("#change-exclusion-from").inputValue(), "2023-01-24T10:00");
      await page.locator("#change-exclusion-reason").fill("new oven, as planned");
      await page.locator("#change-exclusion-kind").selectOption("planned");
      await page.getByRole("button", { name: "Save the change" }).click();
      await page.waitForURL(/\?method=nearest&as_of=[^#]*#exclusion-/);
      assert.equal(
        (await storedExclusions(sql))[0],
        "shop/1 2023-01-24T10:00 2023-01-24T12:30 planned (new oven, as planned)",
      );
    });

    await t.step("an exclusion is withdrawn, and can still be seen with who did it and when", async () => {
      await page.getByRole("row", { name: "typed by mistake" }).getByRole("button", { name: "Withdraw" }).click();
      await page.waitForURL(/#exclusions$/);
      assert.match((await storedExclusions(sql)).join(), /typed by mistake\) withdrawn/);
      await page.getByText("1 withdrawn exclusion").click();
      const withdrawn = await page.getByRole("region", { name: "Withdrawn exclusions" }).innerText();
      assert.match(withdrawn, /typed by mistake[\s\S]*withdrawn \d+ \w+ 20\d\d, \d\d:\d\d UTC\s+on a page/);
    });

    await t.step(
      "an exclusion that somebody else withdrew meanwhile cannot be withdrawn twice, and the page says why",
      async () => {
        await sql`update exclusions set withdrawn_at = now(), withdrawn_by = 'command'`;
        await page.getByRole("button", { name: "Withdraw" }).click();
        assert.match(await page.getByRole("alert").innerText(), /Nothing was changed\. .*withdrawn/);
        complaints.splice(0);
      },
    );

    await t.step("a special date is added, replaced and removed", async () => {
      await page.goto(address);
      await page.getByText("Add a special date").click();
      await page.locator("#special-date").fill("2023-01-23");
      await page.locator("#special-start0").fill("10:00");
      await page.locator("#special-end0").fill("12:00");
      await page.locator("#special-start1").fill("13:00");
      await page.locator("#special-reason").fill("Inventory");
      await page.getByRole("button", { name: "Save the special date" }).click();
      assert.equal(await page.locator("#special-end1").getAttribute("aria-invalid"), "true");
      assert.equal(await page.locator("#special-start0").inputValue(), "10:00");
      await page.locator("#special-end1").fill("14:30");
      await page.getByRole("button", { name: "Save the special date" }).click();
      await page.waitForURL(/#special-dates$/);
      assert.deepEqual(await storedSpecialHours(sql), [
        "shop/1 2023-01-23 10:00:00-12:00:00,13:00:00-14:30:00 (Inventory)",
      ]);
      assert.match(await page.locator(".week li", { hasText: "Mon 23 Jan" }).innerText(), /Inventory/);
      await page.getByRole("button", { name: "Remove the special date" }).click();
      await page.waitForURL(/#special-dates$/);
      assert.deepEqual(await storedSpecialHours(sql), []);
      complaints.splice(0);
    });

    await t.step("a page of another website changes nothing", async () => {
      for (const path of ["exclude", "special-date", "special-date/remove"]) {
        const headers = { "Sec-Fetch-Site": "cross-site", "Content-Type": "application/x-www-form-urlencoded" };
        const body = "date=2023-01-23&from=2023-01-24T10:00&to=2023-01-24T11:00&kind=other&reason=x";
        const answer = await fetch(`${site.url}/stores/shop%2F1/${path}`, { method: "POST", headers, body });
        assert.equal(answer.status, 403, path);
        await answer.body?.cancel();
      }
      assert.deepEqual(await storedSpecialHours(sql), []);
    });

    await t.step("forms of a store that does not exist are a 404", async () => {
      const answer = await fetch(`${site.url}/stores/nobody/exclude`, {
        method: "POST",
        body: new URLSearchParams({
          from: "2023-01-24T10:00",
          to: "2023-01-24T11:00",
          kind: "other",
          reason: "x",
        }),
      });
      assert.equal(answer.status, 404);
      const all = await fetch(`${site.url}/stores/*/special-date`, {
        method: "POST",
        body: new URLSearchParams({ date: "2023-01-23" }),
      });
      assert.equal(all.status, 404);
      assert.deepEqual(await storedSpecialHours(sql), []);
      await all.body?.cancel();
      await answer.body?.cancel();
    });

    await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
  });
}

async function exclude(page: Page, { from, to, reason }: Record<"from" | "to" | "reason", string>): Promise<void> {
  await page.locator("#exclude-from").fill(from);
  await page.locator("#exclude-to").fill(to);
  await page.locator("#exclude-kind").selectOption("pause");
  await page.locator("#exclude-reason").fill(reason);
  await page.getByRole("button", { name: "Exclude this time" }).click();
}
