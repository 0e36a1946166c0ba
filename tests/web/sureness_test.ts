/** Each number says how sure it is, and leads to the polls and gaps that it is made of. */
import assert from "node:assert/strict";
import { putStores } from "../support/fleet.ts";
import { openService } from "../support/http_service.ts";

const BROWSER = { headers: { accept: "text/html" } };

/** A page without tags, and with plain spaces. */
function plain(page: string): string {
  return page.replaceAll(/<title>.*?<\/title>|<[^>]+>/gs, " ").replaceAll("\u202f", " ").replaceAll(/\s+/g, " ");
}

Deno.test("pages of stores that hardly anybody saw", async (t) => {
  await using service = await openService();
  const { sql, app } = service;
  const silent = Array.from({ length: 11 }, (_, number) => ({ id: `silent ${100 + number}`, zone: "UTC" }));
  await putStores(sql, [
    { id: "one poll", zone: "UTC", polls: ["2023-01-23 09:00 inactive"] },
    { id: "always seen", zone: "UTC", hours: [[2, "08:00", "09:00"]], polls: ["08:00 inactive", "08:30 active"] },
    ...silent,
  ]);
  const reportId = await service.report("?method=observed&stale_after=PT3H");
  const step = await service.report("?method=step");
  const sourceOf = async (path: string) => await (await app.request(path, BROWSER)).text();
  const textOf = async (path: string) => plain(await sourceOf(path));

  await t.step(
    "the first line says that most was not observed: of all on the overview, below the title of a report",
    async () => {
      const line = /^ Most business hours of the last week were not observed: only \d+\.\d % were/;
      assert.match(plain((await sourceOf("/")).replace(/^.*<main[^>]*>/s, "")), line);
      for (const id of [reportId, step]) {
        assert.match(plain((await sourceOf(`/reports/${id}`)).replace(/^.*<\/h1>/s, "")), line);
      }
    },
  );

  await t.step("a report of which half was observed has no such line", async () => {
    const store = await textOf("/stores/always%20seen?as_of=2023-01-25T09:00:00Z&method=observed");
    assert.doesNotMatch(store, /were not observed/);
    assert.match(store, /Last week 50\.00 % between 0\.0 and 100\.0; observed 100\.0 %/);
  });

  await t.step("that the last hour was not observed is no such line, if the week was", async () => {
    const polls = ["00:00 active", "02:00 active", "04:00 active", "06:00 active"];
    await putStores(sql, [{ id: "lately silent", zone: "UTC", hours: [[2, "00:00", "09:00"]], polls }]);
    const store = await textOf("/stores/lately%20silent?as_of=2023-01-25T09:00:00Z&method=observed");
    assert.match(
      store,
      /Last hour – between 0\.0 and 100\.0; observed 0\.0 % .* Last week 100\.00 % .*; observed 88\.8 %/,
    );
    assert.doesNotMatch(store, /were not observed/);
  });

  await t.step("totals, rows, worst stores and lists have bounds and coverage beside each uptime", async () => {
    const beside = /\d % between \d+\.\d and \d+\.\d; observed \d+\.\d %/;
    const tables = [["/", "worst"], ["/", "history"], ["/reports", "main"], ["/stores", "main"]] as const;
    for (const [path, id] of tables) {
      const page = await sourceOf(path);
      const from = page.indexOf(`id="${id}"`);
      const until = id === "main" ? undefined : page.indexOf("</section>", from);
      assert.match(plain(page.slice(from, until)), beside, `${path}, ${id}`);
    }
    const report = await textOf(`/reports/${reportId}`);
    assert.match(report, /Last week \d+\.\d\d % between \d+\.\d and \d+\.\d; observed \d+\.\d %/);
    assert.match(report, /up down ↓ between, % observed up down up down/);
    assert.match(report, /always seen UTC 50\.00 % 0\.50 0\.50 0\.0 and 100\.0 100\.0 %/);
  });

  await t.step(
    "stores without data are a list of their own: counts first, ten of them, and a link to all",
    async () => {
      const page = await sourceOf("/");
      const list = page.slice(page.indexOf(`id="silent"`));
      const text = plain(list);
      assert.match(
        text,
        /Stores without data 12 stores: 11 not seen at all in business hours of the last week, 1 not seen/,
      );
      assert.equal(list.slice(0, list.indexOf("</section>")).match(/<th scope="row">/g)?.length, 10);
      const [, href = ""] = /<a href="([^"]+silent=1)">All 12 stores without data/.exec(list) ?? [];
      assert.match(await textOf(href), /12 of 16 stores/);
    },
  );

  await t.step("they are not among the worst, though the last known status was inactive", async () => {
    const page = await sourceOf("/");
    const worst = page.slice(page.indexOf(`id="worst"`), page.indexOf(`id="silent"`));
    assert.match(worst, /always seen/);
    assert.doesNotMatch(worst, /one poll/);
  });

  await t.step("stores without known hours are marked where they are listed", async () => {
    const mark = "no hours known: treated as open 24/7";
    assert.match(await textOf(`/reports/${reportId}`), new RegExp(`one poll ${mark} .*UTC`));
    assert.match(await textOf("/stores"), new RegExp(`one poll ${mark} .*UTC`));
    assert.doesNotMatch(await textOf(`/reports/${reportId}?q=always`), new RegExp(mark));
  });

  await t.step("a row leads to the store as the report saw it, with its polls and gaps", async () => {
    const row = await sourceOf(`/reports/${reportId}?q=one+poll`);
    const [, href = ""] = /<th scope="row"><a href="([^"]+)"/.exec(row) ?? [];
    assert.match(href, /method=observed&amp;stale_after=PT3H/);
    const text = await textOf(href.replaceAll("&amp;", "&"));
    assert.match(
      text,
      /Last week 0\.00 % between 0\.0 and 100\.0; observed 1\.7 % 0\.00 hours up, 3\.00 down, 165\.00 unknown/,
    );
    assert.match(
      text,
      /Time without data Time counts as observed for 3 h 00 min after a check\. Other business hours have no data\./,
    );
    assert.match(
      text,
      /120 h 00 min no poll before Mon 23 Jan, 09:00 – 45 h 00 min Mon 23 Jan, 12:00 no poll since 45 h 00 min/,
    );
  });

  await t.step("each part of a gap says how long the gap is, and a day says it in words", async () => {
    const page = await sourceOf("/stores/one%20poll?as_of=2023-01-25T09:00:00Z&method=step");
    assert.match(
      page,
      /<title>No data for 46 h 00 min, from Mon 23 Jan, 11:00:00 to Wed 25 Jan, 09:00:00, and no poll since; 46 h 00 min of/,
    );
    assert.match(page, /aria-label="Mon 23 Jan: 1 opening, 1 poll, 15 h 00 min lost, no data for 22 h 00 min"/);
  });

  await t.step("of many gaps the 20 longest are listed, longest first, and how many more there are", async () => {
    const polls = Array.from(
      { length: 30 },
      (_, day) => `2023-01-${String(day % 7 + 18)} ${String(day % 24).padStart(2, "0")}:00 active`,
    );
    await putStores(sql, [{ id: "gaps", zone: "UTC", polls: [...new Set(polls)] }]);
    const page = await sourceOf("/stores/gaps?as_of=2023-01-25T09:00:00Z&method=observed");
    const list = page.slice(page.indexOf(`id="gaps"`), page.indexOf(`id="outages"`));
    const lengths = [...list.matchAll(/<tr><td title="(\d+):(\d+):00"/g)].map(([, h, m]) => Number(h) * 60 + Number(m));
    assert.equal(lengths.length, 20);
    assert.deepEqual(lengths, lengths.toSorted((a, b) => b - a));
    assert.match(plain(list), /and \d+ more, all of them shorter/);
  });

  await t.step("a page explains bounds and coverage with a drawing, and stands beside the numbers", async () => {
    for (const path of ["/", "/reports", "/stores", `/reports/${reportId}`, "/stores/one%20poll"]) {
      assert.match(await sourceOf(path), /<a href="\/how-sure">How sure is this\?<\/a>/, path);
    }
    const page = await sourceOf("/how-sure");
    assert.match(plain(page), /57\.14 % between 25\.0 and 87\.5; observed 87\.5 %/);
    assert.match(page, /aria-label="Certain: up from 9:00 to 10:00, down from 11:00 to 12:00, up from 15:00 to 16:00"/);
    assert.match(page, /aria-label="Observed: all but 14:00 to 15:00"/);
  });
});
