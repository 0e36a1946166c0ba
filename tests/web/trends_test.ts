/** Trends on pages: what a column says, where it leads, and that its numbers are those of reports. */
import assert from "node:assert/strict";
import { formatPercentage, uptimePercentage } from "../../src/domain/measures/percentage.ts";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { instant } from "../support/build.ts";
import { importText } from "../support/csv_file.ts";
import { putStores } from "../support/fleet.ts";
import { openService } from "../support/http_service.ts";
import { keepAll, reportedSum, shownSums } from "../support/trends.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

function hourly(date: string, down: readonly number[]): string[] {
  return Array.from({ length: 24 }, (_, hour) => {
    const status = down.includes(hour) ? "inactive" : "active";
    return `${date} ${String(hour).padStart(2, "0")}:00 ${status}`;
  });
}

Deno.test("trends on pages", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  await sql`delete from stores`;
  await putStores(sql, [
    { id: "a", zone: "UTC", polls: [...hourly("2023-01-23", [3, 4]), ...hourly("2023-01-24", [20])] },
    { id: "b", zone: "UTC", polls: hourly("2023-01-24", []) },
    { id: "c", zone: "UTC", polls: hourly("2023-01-23", [9]) },
  ]);
  await mergePolls(sql, [{ storeId: "a", at: instant("2023-01-25 12:00"), active: true }]);
  await importText(sql, "store_id,name,region\na,Corner Shop,West\nb,,East\nc,,West\n");
  const ask = (path: string) => app.request(path, { headers: { accept: BROWSER } });
  const html = async (path: string) => (await (await ask(path)).text()).replaceAll("\u202f", " ");

  /** The uptime of some stores on a date, from reports. */
  const reported = async (date: string, ids: readonly string[]) => {
    const sums = await Promise.all(
      ids.map(async (id) => (await reportedSum(sql, `${id} ${date}`)).split(" ").map(Number)),
    );
    const [up, down] = [1, 2].map((place) => sums.reduce((sum, each) => sum + (each[place] ?? NaN), 0));
    return `${formatPercentage(uptimePercentage({ up, down }) ?? NaN)} %`;
  };

  await t.step("say how much is being computed, and show nothing of it", async () => {
    assert.match(await html("/trends"), /6 daily sums are being computed/);
    await keepAll(sql);
    assert.deepEqual((await shownSums(sql)).lacking, []);
    assert.doesNotMatch(await html("/trends"), /being computed,/);
  });

  await t.step("have a column for each date that is over, with the uptime that reports have", async () => {
    const page = await html("/trends");
    for (const [date, words] of [["2023-01-23", "Mon 23 Jan 2023"], ["2023-01-24", "Tue 24 Jan 2023"]] as const) {
      const uptime = await reported(date, ["a", "b", "c"]);
      const link = `<a href="/trends\\?date=${date}" aria-label="${words}: uptime ${uptime}, `;
      assert.match(page, new RegExp(link), `${date} has ${uptime}`);
    }
    assert.doesNotMatch(page, /25 Jan 2023|22 Jan 2023/);
  });

  await t.step("lead from a date to its stores, worst first, and from a store to its day", async () => {
    const page = await html("/trends?date=2023-01-23");
    const stores = [...page.matchAll(/<th scope="row"><a href="([^"]*)">([^<]*)<\/a>/g)].map((
      [, href, name],
    ) => [name, href]);
    const day = (id: string) => `/stores/${id}?as_of=2023-01-24T00%3A00%3A00Z&amp;method=observed#day-2023-01-23`;
    assert.deepEqual(stores, [["Corner Shop", day("a")], ["c", day("c")]]);
    assert.match(await html(day("a").replaceAll("&amp;", "&")), /<li id="day-2023-01-23">/);
  });

  await t.step("follow tags", async () => {
    const page = await html("/trends?where=region:West");
    assert.match(page, /<h1>Stores with region West, 23 Jan 2023 to 24 Jan 2023<\/h1>/);
    assert.match(
      page,
      new RegExp(
        `date=2023-01-23&amp;where=region%3AWest" aria-label="[^"]*${await reported("2023-01-23", ["a", "c"])}`,
      ),
    );
    assert.doesNotMatch(await html("/trends?date=2023-01-24&where=region:East"), /Corner Shop/);
  });

  await t.step("have a table of groups, from the worst to the best, with the total", async () => {
    const page = await html("/trends?group_by=region");
    const rows = [...page.matchAll(/<th scope="row">(?:<a[^>]*>)?(West|East)(?:<\/a>)? <small>(\w+)<\/small>/g)];
    assert.deepEqual(rows.map(([, group, rank]) => `${group} ${rank}`), ["West worst", "East best"]);
    assert.match(page, /<th scope="row" colspan="1">Total<\/th><td class="numeric">3<\/td>/);
  });

  await t.step("of one store lead to its days, and stand on its page", async () => {
    const uptime = await reported("2023-01-24", ["a"]);
    for (const path of ["/trends?store=a", "/stores/a?as_of=2023-01-25T00:00:00Z"]) {
      const page = await html(path);
      const link =
        `<a href="/stores/a\\?as_of=2023-01-25T00%3A00%3A00Z&amp;method=observed#day-2023-01-24" aria-label="[^"]*uptime ${uptime}`;
      assert.match(page, new RegExp(link), path);
    }
    assert.match(
      await html("/trends?store=a"),
      /Most of it is on Mondays from 03 to 04: 1 h 00 min on an average Monday/,
    );
  });

  await t.step("are not found for what is not there", async () => {
    for (
      const query of [
        "store=nobody",
        "store=%00",
        "date=2023-01-25",
        "date=2001-01-01",
        "date=2023-01-24&where=region:North",
      ]
    ) {
      assert.equal((await ask(`/trends?${query}`)).status, 404, query);
    }
    assert.match(await html("/trends?where=region:North"), /No store with these tags has polls of a date that is over/);
    assert.match(await html("/trends?where=x"), /must be a tag and a value/);
    assert.match(await html("/trends?days=31&date=yesterday&group_by=A"), /30 days<\/a>/);
  });
});
