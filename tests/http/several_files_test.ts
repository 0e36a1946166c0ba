import assert from "node:assert/strict";
import { HOURS, POLLS, storedPolls, storedStores, TIMEZONES } from "../support/csv_file.ts";
import { jsonOf, openService, type TestService } from "../support/http_service.ts";

const NOON = "2023-01-25 12:00:00 UTC";
const GOOD_POLLS = `${POLLS}\nnew,active,${NOON}\n`;
const GOOD_ZONES = `${TIMEZONES}\nnew,Asia/Tokyo\n`;
const BAD_ZONES = `${TIMEZONES}\nother,nowhere\n`;

function form(...files: [name: string, content: BlobPart][]): FormData {
  const data = new FormData();
  for (const [name, content] of files) data.append("file", new Blob([content]), name);
  return data;
}

function load({ app }: TestService, body: BodyInit, query = ""): Promise<Response> {
  return Promise.resolve(app.request(`/imports${query}`, { method: "POST", body }));
}

interface Item {
  readonly import_id: string;
  readonly source: string;
  readonly status: string;
  readonly reason: string | null;
  readonly warnings: { readonly code: string }[];
}

async function itemsOf(answer: Response): Promise<Item[]> {
  const items: unknown = await answer.json();
  if (!Array.isArray(items)) throw new TypeError("The answer is no list");
  return items;
}

Deno.test("a form with several files", async (t) => {
  await using service = await openService();
  const { app, sql } = service;

  await t.step("loads each of them, and looks at all stores after the last one", async () => {
    const answer = await load(service, form(["zones.csv", GOOD_ZONES], ["polls.csv", GOOD_POLLS]));
    assert.equal(answer.status, 200);
    const items = await itemsOf(answer);
    assert.deepEqual(items.map(({ source, status }) => [source, status]), [["zones.csv", "loaded"], [
      "polls.csv",
      "loaded",
    ]]);
    assert.deepEqual(items[0]?.warnings, [], "its store has polls at the end");
    assert.ok(items[1]?.warnings.some(({ code }) => code === "without_hours"));
  });

  await t.step("loads the others if one fails, wherever it stands", async () => {
    const large = `${POLLS}\n${`large,active,${NOON}\n`.repeat(50_000)}`;
    const answer = await load(
      service,
      form(["cut.csv", `${large}"`], ["bad.csv", BAD_ZONES], ["hours.csv", `${HOURS}\nlate,0,09:00,17:00\n`]),
    );
    assert.equal(answer.status, 200);
    const items = await itemsOf(answer);
    assert.deepEqual(items.map(({ status }) => status), ["failed", "failed", "loaded"]);
    assert.match(items[0]?.reason ?? "", /quote is not closed/);
    assert.match(items[1]?.reason ?? "", /1 of 1 row is bad/);
    const stores = await storedStores(sql);
    assert.ok(stores.includes("late -") && !stores.includes("large -") && !stores.includes("other -"), stores.join());
  });

  await t.step("is a problem if all of them fail", async () => {
    const answer = await load(service, form(["a.csv", BAD_ZONES], ["b.csv", "x,y\n1,2\n"]));
    const problem = await jsonOf(answer);
    assert.deepEqual([answer.status, problem.type], [422, "/problems/invalid-file"]);
    assert(Array.isArray(problem.imports));
    assert.deepEqual(problem.imports.map(({ source, status }) => [source, status]), [
      ["a.csv", "failed"],
      ["b.csv", "failed"],
    ]);
    assert.match(String(problem.detail), /^All 2 files failed\. a\.csv: 1 of 1 row/);
  });

  await t.step("each is held to the same number of bad rows", async () => {
    const mixed = `${TIMEZONES}\nm1,nowhere\nm2,UTC\n`;
    const items = await itemsOf(await load(service, form(["a.csv", mixed], ["b.csv", GOOD_ZONES]), "?max_rejects=0"));
    assert.deepEqual(items.map(({ status }) => status), ["failed", "loaded"]);
  });

  await t.step("that breaks off loads what had arrived whole", async () => {
    const part = (name: string, content: string) =>
      `--x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n${content}\r\n`;
    const body = part("whole.csv", `${POLLS}\nwhole,active,${NOON}\n`) +
      part("cut.csv", `${POLLS}\ncut,active,${NOON}\n`);
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const answer = await app.request("/imports", { method: "POST", body, headers });
    assert.equal(answer.status, 400);
    const polls = (await storedPolls(sql)).map((poll) => poll.split(" ")[0]);
    assert.deepEqual([polls.includes("whole"), polls.includes("cut")], [true, false]);
  });
});

Deno.test("one import", async (t) => {
  await using service = await openService();
  const { app } = service;
  const csv = (body: string, query = "") =>
    app.request(`/imports/timezones${query}`, { method: "POST", body, headers: { "content-type": "text/csv" } });

  await t.step("is shown as it was answered", async () => {
    const loaded = await jsonOf(await csv(`${TIMEZONES}\nmany,UTC\nmany,nowhere\n`));
    assert.deepEqual(await jsonOf(await app.request(`/imports/${loaded.import_id}`)), loaded);
  });

  await t.step("is shown if it failed", async () => {
    const problem = await jsonOf(await csv(BAD_ZONES));
    const shown = await jsonOf(await app.request(`/imports/${problem.import_id}`));
    assert.deepEqual([shown.status, shown.reason, shown.rejected, shown.accepted], ["failed", problem.reason, 1, 0]);
  });

  await t.step("is not found if it does not exist", async () => {
    for (const id of [crypto.randomUUID(), "nonsense"]) {
      assert.equal((await app.request(`/imports/${id}`)).status, 404);
    }
  });

  await t.step("may have more bad rows, or fewer, than half", async () => {
    assert.equal((await csv(BAD_ZONES, "?max_rejects=1")).status, 200);
    assert.equal((await csv(BAD_ZONES, "?max_rejects=100%25")).status, 200);
    assert.equal((await csv(BAD_ZONES, "?max_rejects=99.9%25")).status, 422);
    for (
      const query of [
        "?max_rejects=x",
        "?max_rejects=101%25",
        "?max_rejects=",
        "?max=1",
        "?max_rejects=1&max_rejects=2",
      ]
    ) {
      const answer = await csv(GOOD_ZONES, query);
      assert.deepEqual([answer.status, (await jsonOf(answer)).type], [422, "/problems/invalid-parameters"], query);
    }
  });
});
