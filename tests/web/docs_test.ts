import assert from "node:assert/strict";
import { openBrowser } from "./browser.ts";
import { colorOf, luminance } from "./colors.ts";
import { openSite } from "../support/site.ts";
import { overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("the API documentation", options, async (t) => {
  await using site = await openSite();
  await using browser = await openBrowser();

  await t.step("is of use without script: it lists every request", async () => {
    await using visitor = await visit(browser, site.url, { javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto("/docs");
    const { paths } = await (await fetch(`${site.url}/openapi.json`)).json();
    const listed = await page.locator("#docs tbody tr").allInnerTexts();
    assert.deepEqual(new Set(listed.map((row) => row.split("\t")[1])), new Set(Object.keys(paths)));
    await page.getByRole("link", { name: "OpenAPI document" }).waitFor();
  });

  for (const width of [320, 1440]) {
    await t.step(`has a way back, and is dark where a browser is, at ${width} pixels`, async () => {
      const look = { viewport: { width, height: 900 }, colorScheme: "dark" } as const;
      await using visitor = await visit(browser, site.url, look);
      const { page, complaints } = visitor;
      await page.goto("/docs");
      await page.locator(".swagger-ui .opblock").first().waitFor();
      const background = async () => luminance(await colorOf(page, ".swagger-ui .info", "background-color"));
      assert.ok(await background() < 0.05, "it is bright");
      assert.ok(luminance(await colorOf(page, ".swagger-ui .info .title", "color")) > 0.4, "its text is dark");
      assert.ok(await overflow(page) <= 0, "it is wider than the screen");
      await page.emulateMedia({ colorScheme: "light" });
      await page.locator("html:not(.dark-mode)").waitFor();
      assert.ok(await background() > 0.8, "it stays dark");
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
      await page.waitForURL(`${site.url}/`);
      assert.deepEqual(complaints, []);
    });
  }
});
