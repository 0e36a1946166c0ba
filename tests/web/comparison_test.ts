import assert from "node:assert/strict";
import { openService } from "../support/http_service.ts";

/** Which windows of a page have a change beside their number. */
function changes(page: string): string[] {
  const figures = [...page.matchAll(/<dt>([^<]+)<\/dt>.*?<dd class="change">(.*?)<\/dd>/gs)];
  return figures.filter(([, , change = ""]) => /percentage points (higher|lower) than on|No change since/.test(change))
    .map(([, window = ""]) => window);
}

Deno.test("a change is shown where the earlier report saw polls, and nowhere else", async (t) => {
  // The first poll is of 08:00, the latest of 09:00.
  await using service = await openService();
  const shown = async (reportId: string) =>
    await (await service.app.request(`/reports/${reportId}`, { headers: { accept: "text/html" } })).text();

  await t.step("not against a report of the time before the first poll", async () => {
    await service.report("?as_of=2023-01-24T00:00:00Z");
    const page = await shown(await service.report());
    assert.deepEqual(changes(page), []);
    assert.match(
      page,
      /No comparison for the last hour, last day and last week: .*covers time before the first polls/s,
    );
  });

  await t.step("against a report after the first poll, for the windows that begin after it", async () => {
    await service.report("?as_of=2023-01-26T09:00:00Z");
    const page = await shown(await service.report("?as_of=2023-01-27T09:00:00Z"));
    assert.deepEqual(changes(page), ["Last hour", "Last day"]);
    assert.match(page, /No comparison for the last week: .*covers time before the first polls/s);
  });

  await t.step("for all windows of a report that lies a week after the first poll", async () => {
    await service.report("?as_of=2023-02-01T09:00:00Z");
    const page = await shown(await service.report("?as_of=2023-02-02T09:00:00Z"));
    assert.deepEqual(changes(page), ["Last hour", "Last day", "Last week"]);
  });

  await t.step("for all windows of a method that leaves unobserved time out", async () => {
    await service.report("?method=nearest&as_of=2023-01-25T08:45:00Z");
    const page = await shown(await service.report("?method=nearest"));
    assert.deepEqual(changes(page), ["Last hour", "Last day", "Last week"]);
  });
});
