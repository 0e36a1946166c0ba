import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { type Color, colorOf, contrast } from "./colors.ts";
import { loadSample, makeReport } from "./fill.ts";
import { putStores } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { keepAll } from "../support/trends.ts";
import { visit } from "./visitor.ts";

/** What WCAG asks of drawings (1.4.11). */
const ENOUGH = 3;

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("what charts draw stands out from what lies around it", options, async (t) => {
  await using site = await openSite();
  await loadSample(site, 60);
  // Every state in one week, by the method that knows all of them.
  await putStores(site.sql, [{
    id: "all states",
    zone: "UTC",
    hours: [[0, "09:00", "17:00"], [1, "09:00", "17:00"], [2, "09:00", "18:00"]],
    polls: [
      "2023-01-24 10:00 inactive",
      "2023-01-25 10:00 active",
      "2023-01-25 17:00 active",
      "2023-01-25 03:00 active",
    ],
  }]);
  const reportId = await makeReport(site);
  // Polls of a month before, so that columns have the uptime of the period before.
  await putStores(site.sql, [{ id: "all states", polls: ["2022-12-20 10:00 inactive", "2022-12-20 12:00 active"] }]);
  await keepAll(site.sql);
  await using browser = await openBrowser();

  for (const colorScheme of ["light", "dark"] as const) {
    await using visitor = await visit(browser, site.url, { colorScheme });
    const { page } = visitor;
    const check = (parts: Record<string, Color>, ground: Color) => {
      for (const [name, color] of Object.entries(parts)) {
        const ratio = contrast(color, ground);
        assert.ok(ratio >= ENOUGH, `${name} has ${ratio.toFixed(2)}:1 (${color} on ${ground})`);
      }
    };

    await t.step(`the histogram, ${colorScheme}`, async () => {
      await page.goto("/");
      const fills = await fillsOf(page, ["part", "up"], ".histogram");
      check(fills, await colorOf(page, ".histogram", "background-color"));
    });

    await t.step(`a report's bars, ${colorScheme}`, async () => {
      await page.goto(`/reports/${reportId}`);
      const ground = await colorOf(page, "main", "background-color");
      check(await fillsOf(page, ["up", "down"], ".bar"), ground);
      check(await fillsOf(page, ["fetchMs", "computeMs", "writeMs"], ".gantt"), ground);
      check({ waitMs: await colorOf(page, ".gantt .waitMs", "stroke") }, ground);
    });

    await t.step(`a trend's columns, ${colorScheme}`, async () => {
      await page.goto("/trends");
      const ground = await colorOf(page, "main", "background-color");
      const fills = await fillsOf(page, ["up", "down", "unobserved"], ".columns");
      check(fills, ground);
      const [cut] = Object.values(await fillsOf(page, ["before"], ".columns"));
      if (cut === undefined) assert.fail("no column has a cut");
      check({ up: fills.up ?? cut, down: fills.down ?? cut }, cut);
    });

    await t.step(`a store's week, ${colorScheme}`, async () => {
      await page.goto("/stores/all%20states?method=nearest&as_of=2023-01-25T17:00:00Z");
      const [inside, open] = [
        await colorOf(page, ".inside", "fill"),
        await colorOf(page, ".opening", "fill"),
      ];
      check({ "the edge of open time": await colorOf(page, ".opening", "stroke") }, inside);
      check(await fillsOf(page, ["up", "down", "unobserved"], ".day"), open);
      check({ "the hatching of time without data": await colorOf(page, ".stripe", "fill") }, open);
      const ticks = { active: await colorOf(page, ".tick.active", "stroke") };
      for (const ground of [inside, open]) check(ticks, ground);
      await page.goto("/stores/all%20states?method=clock&as_of=2023-01-25T17:00:00Z");
      check(await fillsOf(page, ["closed"], ".day"), inside);
      await page.goto("/stores/all%20states?method=in-hours&as_of=2023-01-25T17:00:00Z");
      check({ unused: await colorOf(page, ".tick.unused", "stroke") }, inside);
    });
  }
});

async function fillsOf(page: Page, names: readonly string[], place: string): Promise<Record<string, Color>> {
  const fills = names.map(async (name) => [name, await colorOf(page, `${place} .${name}`, "fill")] as const);
  return Object.fromEntries(await Promise.all(fills));
}
