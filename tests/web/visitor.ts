import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A visitor of pages, who notes what a customer must not see. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the console and of scripts, and requests that leave the host. */
  readonly complaints: string[];
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`)) complaints.push(`a request left the host: ${request.url()}`);
  });
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Drops a file onto the page's place for files. */
export async function drop(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    `(() => { const data = new DataTransfer();
      data.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)})); return data; })()`,
  );
  await page.dispatchEvent(".drop", "drop", { dataTransfer: transfer });
}

const AXE = await Deno.readTextFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"));

const SCHEMES = ["light", "dark"] as const;

/** Asks axe-core what is wrong with a page for those who see, hear or move otherwise. */
export async function assertAccessible(page: Page, name: string): Promise<void> {
  // To read it takes 200 ms: once is enough for each page that is loaded.
  if (!await page.evaluate<boolean>("'axe' in window")) await page.evaluate(AXE);
  const found = await page.evaluate<{ impact: string; id: string; nodes: string[] }[]>(`
    axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ impact, id, nodes }) =>
      ({ impact, id, nodes: nodes.map(({ html, failureSummary }) => html.slice(0, 200) + " " + failureSummary) })))`);
  const serious = found.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious, [], name);
}

/** The same in light and in dark, without a second load: the schemes differ in colors alone. */
export async function assertAccessibleInBothSchemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    // Without motion a color changes at once.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await assertAccessible(page, `${name}, ${colorScheme}`);
  }
}

/** How far things moved by themselves while the page was loaded: the sum of Chrome's layout shifts. */
export async function layoutShift(page: Page): Promise<number> {
  return await page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 100);
  })`);
}

/** How many pixels stick out on the right. */
export async function overflow(page: Page): Promise<number> {
  return await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
