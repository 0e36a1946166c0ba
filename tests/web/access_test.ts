/** Signing in, making keys and signing out, in a real browser. */
import assert from "node:assert/strict";
import { openSite } from "../support/site.ts";
import { keyFor } from "../support/keys.ts";
import { openBrowser } from "./browser.ts";
import { assertAccessibleInBothSchemes, overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("an admin signs in with a key, makes one for somebody else, and signs out", options, async (t) => {
  await using site = await openSite();
  const key = await keyFor(site.sql, ["admin"], { name: "boss" });
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url);
  const { page } = visitor;

  await t.step("is led to the sign-in page, which anybody can use, on any screen", async () => {
    await page.goto("/keys");
    assert.match(page.url(), /\/sign-in\?next=%2Fkeys$/);
    await assertAccessibleInBothSchemes(page, "/sign-in");
    await page.setViewportSize({ width: 320, height: 640 });
    assert.ok(await overflow(page) <= 0);
  });

  await t.step("reads what is wrong with a key, and comes to the page with the right one", async () => {
    await page.getByLabel("Your key").fill("sw_wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("not known here").waitFor();
    await page.getByLabel("Your key").fill(key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Keys", exact: true }).waitFor();
    assert.match(page.url(), /\/keys$/);
  });

  await t.step("makes a key, and sees it once", async () => {
    await page.getByLabel("Name", { exact: true }).fill("till 7");
    await page.getByLabel(/^ingest/).check();
    await page.getByLabel("Stores", { exact: true }).fill("region:West");
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByRole("heading", { name: "The key “till 7” is made" }).waitFor();
    await assertAccessibleInBothSchemes(page, "/keys with a new key");
    assert.ok(await overflow(page) <= 0);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole("button", { name: "Revoke the key till 7" }).click();
    await page.getByRole("cell", { name: "Revoked" }).waitFor();
  });

  await t.step("signs out, and is outside", async () => {
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goto("/stores");
    assert.match(page.url(), /\/sign-in/);
  });
});
