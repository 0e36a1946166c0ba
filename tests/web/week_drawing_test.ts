import assert from "node:assert/strict";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import { HOUR } from "../../src/domain/time/interval.ts";
import type { App } from "../../src/http/app.ts";
import { TimelineJson } from "../../src/http/stores/timeline_schemas.ts";
import { putStores } from "../support/fleet.ts";
import { jsonOf, openService } from "../support/http_service.ts";

/** Open eight hours a day, and down for two of them; not seen before the first poll. */
const STORE = {
  id: "drawn",
  zone: "UTC",
  hours: [0, 1, 2, 3, 4, 5, 6].map((day): [number, string, string] => [day, "09:00", "17:00"]),
  polls: ["2023-01-20 10:00 active", "2023-01-23 10:00 inactive", "2023-01-23 12:00 active", "2023-01-25 18:00 active"],
};

Deno.test("what is drawn of a week adds up to its numbers, by every method", async (t) => {
  await using service = await openService();
  await putStores(service.sql, [STORE]);
  for (const method of METHOD_NAMES) {
    await t.step(method, async () => {
      const address = `/stores/drawn?method=${method}&as_of=2023-01-25T18:00:00Z`;
      const page = await (await service.app.request(address, { headers: { accept: "text/html" } })).text();
      const [, up, down] = /<dt>Last week<\/dt>[\s\S]*?<b>([\d.]+)<\/b> hours up, <b>([\d.]+)<\/b> down/.exec(page) ??
        [];
      const drawn = hoursDrawn(page);
      const key = (word: string) => new RegExp(`<p class="legend">[\\s\\S]*${word}`).test(page);
      const sum = (drawn.up ?? 0) + (drawn.closed ?? 0) + (key("no data, counts as up") ? drawn.unobserved ?? 0 : 0);
      assert.deepEqual([sum.toFixed(1), (drawn.down ?? 0).toFixed(1)], [
        Number(up).toFixed(1),
        Number(down).toFixed(1),
      ]);
      assert.equal(hatched(page).toFixed(1), (await hoursWithoutData(service.app, address)).toFixed(1), "hatched");
      assert.ok(key("No data"), "the key names the hatching");
      assert.equal(key("closed, counts as up"), drawn.closed !== undefined, "the key names what is drawn");
    });
  }
});

/** How many hours of each state are drawn: a day of 24 hours is 100 % wide. */
function hoursDrawn(page: string): Record<string, number> {
  const hours: Record<string, number> = {};
  for (const [, state = "", width] of page.matchAll(/<rect class="piece (\w+)" x="[\d.]+%" width="([\d.]+)%"/g)) {
    hours[state] = (hours[state] ?? 0) + Number(width) * 24 / 100;
  }
  return hours;
}

/** How many hours are hatched. */
function hatched(page: string): number {
  const widths = [...page.matchAll(/<rect class="gap" x="[\d.]+%" width="([\d.]+)%"[^>]*fill="url\(#no-data\)"/g)];
  return widths.reduce((sum, [, width]) => sum + Number(width) * 24 / 100, 0);
}

/** What the timeline says of the same week. */
async function hoursWithoutData(app: App, address: string): Promise<number> {
  const { last_week } = TimelineJson.parse(await jsonOf(await app.request(address.replace("?", "/timeline?"))));
  return (last_week.scheduled - last_week.observed) / HOUR;
}
