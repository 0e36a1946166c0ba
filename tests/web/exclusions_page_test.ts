/** The page of the exclusions of all stores: the list, its filters, and an exclusion for the stores of a tag. */
import assert from "node:assert/strict";
import { importFile } from "../../src/ingest/import_file.ts";
import { openBrowser } from "./browser.ts";
import { EXCLUSIONS, storedExclusions } from "../support/calendar_rows.ts";
import { putStores } from "../support/fleet.ts";
import { openSite } from "../support/site.ts";
import { RULES } from "../support/rules.ts";
import { assertAccessibleInBothSchemes, overflow, visit } from "./visitor.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

Deno.test("the page of exclusions", options, async (t) => {
  await using site = await openSite();
  const { sql } = site;
  const load = async (source: string, text: string) =>
    void await importFile(sql, { zoneRules: RULES, source, body: new Blob([text]).stream(), actor: "command" });
  await putStores(sql, ["a", "b", "c"].map((id) => ({ id, zone: "America/New_York" })));
  await load("stores.csv", "store_id,name,region\na,Ada,West\nb,Bert,West\nc,Cleo,East\n");
  await load(
    "exclusions.csv",
    `${EXCLUSIONS}\na,2023-01-20 10:00,2023-01-20 12:00,planned,oven\nc,2023-01-21T10:00Z,2023-01-21T12:00Z,pause,vacation\n*,2023-01-01 00:00,2023-01-02 00:00,other,quiet day\n`,
  );
  await using browser = await openBrowser();
  await using visitor = await visit(browser, site.url, { javaScriptEnabled: false });
  const { page, complaints } = visitor;
  const reasons = async () =>
    (await page.locator(".exclusions tbody th").allInnerTexts()).map((text) => text.split("\n")[0]);
  const show = async () => {
    await page.getByRole("search", { name: "Exclusions" }).getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/\/exclusions\?/);
  };

  await t.step("is reached from the data page and from a store's page", async () => {
    for (const path of ["/data", "/stores/a"]) {
      await page.goto(path);
      await page.getByRole("link", { name: /^Exclusions/ }).click();
      await page.getByRole("heading", { name: "Exclusions", level: 1 }).waitFor();
    }
  });

  await t.step("says of each when, why, for which stores, and who made it", async () => {
    assert.deepEqual((await reasons()).sort(), ["oven", "quiet day", "vacation"]);
    const text = await page.locator(".exclusions").innerText();
    assert.match(
      text,
      /oven\s+planned closure\s+Fri 20 Jan 2023, 10:00 local\s+to Fri 20 Jan 2023, 12:00 local\s+Ada\s+a/,
    );
    assert.match(text, /vacation\s+merchant pause\s+Sat 21 Jan 2023, 10:00 UTC\s+to Sat 21 Jan 2023, 12:00 UTC\s+Cleo/);
    assert.match(text, /quiet day\s+other\s[^\n]*\s[^\n]*\s+all stores/);
    assert.equal(await page.getByRole("link", { name: "Ada" }).getAttribute("href"), "/stores/a");
    assert.equal(text.match(/UTC\s+by a command/g)?.length, 3);
  });

  await t.step("an exclusion is made for the stores that have a tag now", async () => {
    await page.getByText("Add an exclusion").click();
    const form = page.locator("#exclude");
    await form.getByLabel("With these tags now").check();
    await form.locator("details.tag summary").click();
    await form.getByLabel("West").check();
    await page.locator("#exclude-from").fill("2023-01-22T00:00");
    await page.locator("#exclude-to").fill("2023-01-21T00:00");
    await page.locator("#exclude-kind").selectOption("platform");
    await page.locator("#exclude-reason").fill("storm");
    await page.getByRole("button", { name: "Exclude this time" }).click();
    assert.match(await page.getByRole("alert").innerText(), /Nothing was changed/);
    assert.ok(await form.getByLabel("West").isChecked(), "the tag is still ticked");
    await page.locator("#exclude-to").fill("2023-01-23T00:00");
    await page.getByRole("button", { name: "Exclude this time" }).click();
    await page.waitForURL(/#exclusion-/);
    assert.deepEqual((await storedExclusions(sql)).filter((text) => text.includes("storm")), [
      "a 2023-01-22T00:00 2023-01-23T00:00 platform (storm)",
      "b 2023-01-22T00:00 2023-01-23T00:00 platform (storm)",
    ]);
    assert.match(await page.locator(".exclusions").innerText(), /storm[\s\S]*on a page/);
    complaints.splice(0);
  });

  await t.step("ids that no store has, or no tag at all, are refused beside their field", async () => {
    for (
      const [scope, fault] of [["With these ids", /“nobody” is not the id of a store/], [
        "With these tags now",
        /must name at least one tag/,
      ]] as const
    ) {
      await page.goto("/exclusions");
      await page.getByText("Add an exclusion").click();
      await page.getByLabel(scope).check();
      await page.getByLabel("Store ids").fill("a, nobody");
      await page.locator("#exclude-from").fill("2023-01-22T00:00");
      await page.locator("#exclude-to").fill("2023-01-23T00:00");
      await page.locator("#exclude-reason").fill("x");
      await page.getByRole("button", { name: "Exclude this time" }).click();
      assert.match(await page.locator(".scopes .fault").innerText(), fault);
      assert.equal(await page.getByLabel("Store ids").inputValue(), "a, nobody");
      complaints.splice(0);
    }
  });

  await t.step("filters by kind, tag, and withdrawn or not, and keeps the filter over a change", async () => {
    await page.goto("/exclusions");
    await page.locator("#kind").selectOption("planned");
    await show();
    assert.deepEqual(await reasons(), ["oven"]);
    await page.getByRole("link", { name: "Change" }).click();
    await page.locator("#change-exclusion-reason").fill("new oven");
    await page.getByRole("button", { name: "Save the change" }).click();
    await page.waitForURL(/\?kind=planned#exclusion-/);
    assert.deepEqual(await reasons(), ["new oven"]);
    await page.goto("/exclusions?where=region:East");
    assert.deepEqual((await reasons()).sort(), ["quiet day", "vacation"]);
  });

  await t.step("a withdrawn one stays in the list, with who withdrew it and when", async () => {
    await page.goto("/exclusions?kind=pause");
    await page.getByRole("button", { name: "Withdraw" }).click();
    await page.waitForURL(/#exclusion-/);
    assert.deepEqual(await reasons(), []);
    await page.locator("#withdrawn").selectOption("yes");
    await show();
    assert.deepEqual(await reasons(), ["vacation"]);
    assert.match(await page.locator(".exclusions").innerText(), /withdrawn \d+ \w+ 20\d\d, \d\d:\d\d UTC\s+on a page/);
  });

  await t.step("older ones are on the next page, and none is left out", async () => {
    await sql`insert into exclusions (written_from, written_to, is_local, from_micros, to_micros, kind, reason, made_by, for_all)
      select 'x', 'y', true, n, n + 1, 'other', 'bulk ' || n, 'command', true from generate_series(1, 60) n`;
    await page.goto("/exclusions?kind=other");
    const first = await reasons();
    await page.getByRole("link", { name: "Older exclusions" }).click();
    await page.waitForURL(/after=/);
    assert.equal(new Set([...first, ...await reasons()]).size, 61);
  });

  await t.step("a page of another website changes nothing", async () => {
    const before = await storedExclusions(sql);
    const [{ id } = { id: "" }] = await sql<{ id: string }[]>`
      select exclusion_id as id from exclusions where withdrawn_at is null limit 1`;
    for (const path of ["add", `${id}/change`, `${id}/withdraw`]) {
      const answer = await fetch(`${site.url}/exclusions/${path}`, {
        method: "POST",
        headers: { "Sec-Fetch-Site": "cross-site" },
        body: new URLSearchParams({
          scope: "all",
          from: "2023-01-22T00:00",
          to: "2023-01-23T00:00",
          kind: "other",
          reason: "x",
        }),
      });
      assert.equal(answer.status, 403, path);
      await answer.body?.cancel();
    }
    assert.deepEqual(await storedExclusions(sql), before);
  });

  await t.step("it can be used by everybody, on a phone and a desk, in light and dark", async () => {
    for (const width of [390, 1440]) {
      await using other = await visit(browser, site.url, { viewport: { width, height: 900 } });
      await other.page.goto("/exclusions?withdrawn=both");
      await other.page.getByText("Add an exclusion").click();
      await other.page.locator("#exclude details.tag summary").first().click();
      assert.ok(await overflow(other.page) <= 0, `${width} pixels`);
      await assertAccessibleInBothSchemes(other.page, `exclusions at ${width} pixels`);
      assert.deepEqual(other.complaints, []);
    }
  });

  await t.step("and nothing was amiss", () => assert.deepEqual(complaints, []));
});
