/** Documents over HTTP: JSON of locations, and calendars. */
import assert from "node:assert/strict";
import { storedSpecialHours, storedVersions } from "../support/calendar_rows.ts";
import { storedStores } from "../support/csv_file.ts";
import { jsonOf, openService } from "../support/http_service.ts";

const LOCATIONS = JSON.stringify([{ "@id": "a", name: "A", openingHours: "Mo 09:00-17:00" }]);
const HOLIDAYS =
  "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

interface Answer {
  readonly file?: number;
  readonly kind: string;
  readonly form?: string;
  readonly status: string;
  readonly source: string;
  readonly first_rows?: readonly unknown[];
}

Deno.test("documents over HTTP", async (t) => {
  await using service = await openService();
  const { app, sql } = service;
  const post = (path: string, body: BodyInit, type?: string) =>
    app.request(path, { method: "POST", body, ...type === undefined ? {} : { headers: { "content-type": type } } });
  const list = async (answer: Response): Promise<Answer[]> => {
    const items: unknown = await answer.json();
    assert.ok(Array.isArray(items), JSON.stringify(items));
    return items;
  };

  await t.step("a check has an answer for each kind, with the place of its file in the request", async () => {
    const before = await storedStores(sql);
    const form = new FormData();
    form.append("file", new Blob(["store_id,timezone_str\na,UTC\n"]), "z.csv");
    form.append("file", new Blob([LOCATIONS]), "l.json");
    form.append("file", new Blob([HOLIDAYS]), "h.ics");
    const checks = await list(await post("/imports?check=true&store=a&store=b", form));
    assert.deepEqual(checks.map(({ file, form, kind, status }) => [file, form, kind, status].join(" ")), [
      "0 CSV  failed",
      "1 JSON  failed",
      "2 iCalendar special-hours checked",
    ]);
    form.delete("file");
    form.append("file", new Blob([LOCATIONS]), "l.json");
    form.append("file", new Blob([HOLIDAYS]), "h.ics");
    const clear = await list(await post("/imports?check=true", form));
    assert.deepEqual(clear.map(({ file, kind }) => `${file} ${kind}`), ["0 hours", "0 stores", "1 special-hours"]);
    assert.deepEqual(clear[2]?.first_rows, [
      { line: 2, store_id: "*", date: "2026-12-25", openings: [], reason: "Christmas" },
    ]);
    assert.deepEqual(await storedStores(sql), before);
  });

  await t.step("a JSON body is loaded, and each kind has an import", async () => {
    for (const type of ["application/json", "application/ld+json", "text/csv"]) {
      const items = await list(await post("/imports", LOCATIONS, type));
      assert.deepEqual(items.map(({ kind, status }) => `${kind} ${status}`), ["hours loaded", "stores loaded"]);
    }
    assert.deepEqual((await storedVersions(sql)).filter((row) => row.startsWith("a ")), [
      "a -infinity 0 09:00:00-17:00:00",
    ]);
  });

  await t.step("a calendar is loaded for all stores, or for those that the request names", async () => {
    assert.equal((await jsonOf(await post("/imports/special-hours", HOLIDAYS, "text/calendar"))).changed, 1);
    assert.equal((await jsonOf(await post("/imports?store=a&store=7", HOLIDAYS, "text/calendar"))).changed, 2);
    assert.deepEqual(await storedSpecialHours(sql), [
      "* 2026-12-25 closed (Christmas)",
      "7 2026-12-25 closed (Christmas)",
      "a 2026-12-25 closed (Christmas)",
    ]);
  });

  await t.step("what cannot be taken is 422, and says why", async () => {
    const bad = async (path: string, body: string) => {
      const answer = await post(path, body, "application/json");
      assert.equal(answer.status, 422);
      return String((await jsonOf(answer)).detail);
    };
    assert.match(await bad("/imports?store==1", HOLIDAYS), /store/);
    assert.match(await bad("/imports/polls", LOCATIONS), /^The file has no polls: it has hours, stores/);
    assert.match(await bad("/imports", "{}"), /^The JSON has no locations/);
  });
});
