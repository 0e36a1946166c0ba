/** A report's page with groups, comparison, targets and money: its numbers are those of the files. */
import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { DAY } from "../../src/domain/time/interval.ts";
import { formatInstant } from "../../src/domain/time/instant.ts";
import { instant } from "../support/build.ts";
import { putStores } from "../support/fleet.ts";
import { openService, statusOf } from "../support/http_service.ts";

const BROWSER = { accept: "text/html" };
const AS_OF = instant("2023-01-25 09:00");

/** Two weeks of polls, one an hour: a store is down in the first hours of each day. */
function polls(hoursDown: number, downBefore: number): string[] {
  return Array.from({ length: 14 * 24 }, (_, ago) => {
    const at = AS_OF - ago * DAY / 24;
    const down = ago < 7 * 24 ? hoursDown : downBefore;
    return `${formatInstant(at).slice(0, 16).replace("T", " ")} ${ago % 24 < down ? "inactive" : "active"}`;
  });
}

Deno.test("the page of a report with groups", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await sql`delete from stores`;
  await sql`truncate poll_days, latest_polls`;
  const stores = [["w1", 0, 2], ["w2", 3, 1], ["e1", 6, 0], ["none", 12, 12]] as const;
  await putStores(sql, stores.map(([id, now, before]) => ({ id, zone: "UTC", polls: polls(now, before) })));
  await sql`update stores set name = 'Shop ' || store_id, sales_per_hour = 1000.25`;
  await sql`update stores set tags = '{"region": "West", "brand": "Wok"}' where store_id like 'w%'`;
  await sql`update stores set tags = '{"region": "East"}', target_percent = 90 where store_id = 'e1'`;
  const id = await service.report(
    "?as_of=2023-01-25T09:00:00Z&method=observed&group_by=region,brand&compare=previous&target_percent=99&windows=last_day,last_week",
  );
  const page = async (query = "") => await (await app.request(`/reports/${id}${query}`, { headers: BROWSER })).text();
  const cells = (row: string) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, text = ""]) =>
      text.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ").trim()
    );
  const table = (html: string) => {
    const [groups = ""] = /<table class="list rows groups">[\s\S]*?<\/table>/.exec(html) ?? [];
    const rows = [...groups.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) => cells(row));
    return { head: rows[0] ?? [], rows: rows.slice(1) };
  };
  const file = async (name: string) => {
    const text = await (await app.request(`/reports/${id}/${name}`)).text();
    return parse(text, { columns: true }) as Record<string, string>[];
  };

  await t.step("has a line a group, worst first, and then all stores, with the numbers of totals.csv", async () => {
    const { rows } = table(await page());
    assert.deepEqual(rows.map(([region, brand]) => [region, brand]), [
      ["no region", "no brand"],
      ["East", "no brand"],
      ["West", "Wok"],
      ["All stores", "4"],
    ]);
    const totals = (await file("totals.csv")).filter(({ window }) => window === "last_week");
    for (const row of rows) {
      const [region = "", brand = ""] = row;
      const isAll = region === "All stores";
      const total = totals.find((each) =>
        isAll
          ? each.group === "*"
          : each.group_region === named(region) && each.group_brand === named(brand) && each.group !== "*"
      );
      const found = row.slice(isAll ? 1 : 2);
      assert.equal(found[0], total?.stores);
      assert.equal(digits(found[1]), total?.uptime_percent);
      assert.equal(digits(found[4]), total?.downtime_hours);
      assert.equal(digits(found[6]), total?.budget_hours);
      assert.equal(digits(found[7]), total?.lost_sales);
    }
  });

  await t.step("says by how many points each group changed since the week before", async () => {
    const { head, rows } = table(await page());
    assert.match(head.join("|"), /Points since the week before/);
    const totals = await file("totals.csv");
    const ratio = (window: string, region: string) => {
      const row = totals.find((each) => each.window === window && each.group_region === region && each.group !== "*");
      return Number(row?.uptime_hours) / (Number(row?.uptime_hours) + Number(row?.downtime_hours));
    };
    const expected = (ratio("last_week", "East") - ratio("last_week.previous", "East")) * 100;
    const east = rows.find(([region]) => region === "East")?.[7] ?? "";
    assert.match(east, /^▼ .* lower$/);
    assert.ok(Math.abs(-Number(digits(east)) - expected) < 0.02, `${east}, not ${expected}`);
    assert.match(
      (await page()).replaceAll(/<[^>]+>/g, ""),
      /percentage points (?:higher|lower) than in the week before \(/,
    );
  });

  await t.step("leads from a group to its stores, also to those without a tag", async () => {
    const links = [...(await page()).matchAll(/<th scope="row"><a href="([^"]*)#rows">/g)].map(([, href = ""]) =>
      href.replaceAll("&amp;", "&")
    );
    assert.equal(links.length, 3);
    const found = await Promise.all(links.map(async (link) => {
      const html = await (await app.request(link, { headers: BROWSER })).text();
      return [...html.matchAll(/<th scope="row"><a href="\/stores\/([^"?]*)/g)].map(([, store]) => store).sort();
    }));
    assert.deepEqual(found, [["none"], ["e1"], ["w1", "w2"]]);
  });

  await t.step("sorts by each column, and shows another window", async () => {
    const order = async (query: string) => table(await page(`?${query}`)).rows.map(([region]) => region);
    assert.deepEqual(await order("groups=group"), ["East", "West", "no region", "All stores"]);
    assert.deepEqual(await order("groups=stores&groups_dir=desc"), ["West", "East", "no region", "All stores"]);
    assert.deepEqual(await order("groups=down&groups_dir=desc"), ["no region", "East", "West", "All stores"]);
    assert.deepEqual(await order("groups=budget"), ["no region", "East", "West", "All stores"]);
    assert.deepEqual(await order("groups=change"), ["East", "West", "no region", "All stores"]);
    assert.match(await page("?groups_window=last_day"), /Totals by region and brand in the last day/);
    assert.match(await page("?groups_window=last_month"), /Totals by region and brand in the last week/);
  });

  await t.step("has the target, the budget and the lost sales of each store", async () => {
    const html = await page();
    const row = (await file("rows.csv")).find(({ store_id, window }) => store_id === "e1" && window === "last_week");
    const [line = ""] = /<tr><th scope="row"><a href="\/stores\/e1[\s\S]*?<\/tr>/.exec(html) ?? [];
    const found = cells(line).slice(-3);
    assert.deepEqual([digits(found[0]), digits(found[1]), digits(found[2])], [
      row?.target_percent,
      row?.budget_hours,
      row?.lost_sales,
    ]);
  });

  await t.step("has the change of each store, those that got worse first, and of all that match together", async () => {
    const percent = async (window: string, name: string, store?: string) =>
      Number(
        (await file(name)).find((row) => row.window === window && (row.store_id ?? row.group) === (store ?? "*"))
          ?.uptime_percent,
      );
    const change = async (name: string, store?: string) =>
      (await percent("last_week", name, store) - await percent("last_week.previous", name, store)).toFixed(2);
    const [rows = ""] = /<table class="list rows">[\s\S]*?<\/table>/.exec(await page("?sort=change&dir=asc")) ?? [];
    const shown = [...rows.matchAll(/<tr>[\s\S]*?<\/tr>/g)].slice(2).map(([row]) => cells(row)[8]?.split(" "));
    const signed = shown.map((words) => `${words?.[2] === "lower" ? "-" : ""}${words?.[1]}`);
    const stores = await Promise.all(["e1", "w2", "none", "w1"].map((store) => change("rows.csv", store)));
    assert.deepEqual(signed, [...stores, await change("totals.csv")]);
    assert.deepEqual(stores.map(Number), stores.map(Number).sort((a, b) => a - b));
  });

  await t.step("keeps the names and tags of the time when it was made", async () => {
    const before = await page();
    await sql`update stores set name = 'Renamed', tags = '{"region": "North"}', target_percent = 1, timezone = 'Asia/Tokyo'`;
    assert.equal(await page(), before);
    assert.match(await page("?q=shop+w1"), /1 of 4 stores/);
    assert.match(await page("?q=region:west"), /2 of 4 stores/);
    assert.match(await page("?q=renamed"), /0 of 4 stores/);
    assert.match(await page("?where=region:West&zone=UTC"), /2 of 4 stores/);
    assert.match(await page("?where=region:North"), /0 of 4 stores/);
  });

  await t.step(
    "names the groups, the target and the comparison in its settings, and every file in its menu",
    async () => {
      const html = await page();
      const text = html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
      assert.match(text, /Totals by region, brand/);
      assert.match(text, /Target 99 %, for stores without a target of their own/);
      assert.match(text, /each compared with/);
      const [menu = ""] = /<details class="menu">[\s\S]*?<\/details>/.exec(html) ?? [];
      const links = [...menu.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href);
      const names = [
        "?print",
        "/report.xlsx",
        "/rows.csv",
        "/rows.parquet",
        "/rows.ndjson",
        "/totals.csv",
        "/totals.ndjson",
      ];
      assert.deepEqual(links, names.map((name) => `/reports/${id}${name}`));
      for (const link of links) assert.equal(await statusOf(app.request(link)), 200, link);
    },
  );
});

/** The value of a group's tag as a file has it. */
function named(cell: string): string {
  return cell.startsWith("no ") ? "" : cell;
}

/** A number as a file has it. */
function digits(cell = ""): string {
  return cell.replaceAll(/[^\d.−-]/g, "").replace("−", "-");
}
