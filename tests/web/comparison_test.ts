import assert from "node:assert/strict";
import { putStores } from "../support/fleet.ts";
import { openService } from "../support/http_service.ts";

/** Which windows of a page have a change beside their number. */
function changes(page: string): string[] {
  const figures = [...page.matchAll(/<dt>([^<]+)<\/dt>.*?<dd class="change">(.*?)<\/dd>/gs)];
  return figures.filter(([, , change = ""]) => /percentage points (higher|lower) than on|No change since/.test(change))
    .map(([, window = ""]) => window);
}

/** An hourly poll from one date to another, so that all time up to two hours after it is observed. */
function hourly(from: string, until: string): string[] {
  const polls: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${until}T00:00:00Z`); at += 3_600_000) {
    polls.push(`${new Date(at).toISOString().slice(0, 16).replace("T", " ")} active`);
  }
  return polls;
}

Deno.test("R78: a change is shown where both reports saw enough, and nowhere else", async (t) => {
  await using service = await openService();
  await service.sql`delete from stores`;
  await service.sql`truncate poll_days, latest_polls`;
  // From 10 to 20 January every hour; after that, only on the 24th.
  const polls = [...hourly("2023-01-10", "2023-01-20"), ...hourly("2023-01-24", "2023-01-25")];
  await putStores(service.sql, [{ id: "7", zone: "UTC", polls }]);
  const shown = async (query: string) => {
    const reportId = await service.report(query);
    return await (await service.app.request(`/reports/${reportId}`, { headers: { accept: "text/html" } })).text();
  };

  await t.step("not against a report of the time before the first poll", async () => {
    await service.report("?as_of=2023-01-09T00:00:00Z");
    const page = await shown("?as_of=2023-01-11T00:00:00Z");
    assert.deepEqual(changes(page), []);
    assert.match(
      page,
      /No comparison for the last hour, last day and last week: .*covers time before the first polls/s,
    );
  });

  await t.step("against a report after the first poll, for the windows that begin after it", async () => {
    const page = await shown("?as_of=2023-01-12T00:00:00Z");
    assert.deepEqual(changes(page), ["Last hour", "Last day"]);
    assert.match(page, /No comparison for the last week: .*covers time before the first polls/s);
  });

  await t.step("for all windows of two reports that saw enough, with the date of the earlier one", async () => {
    await service.report("?as_of=2023-01-18T00:00:00Z");
    const page = await shown("?as_of=2023-01-19T00:00:00Z");
    assert.deepEqual(changes(page), ["Last hour", "Last day", "Last week"]);
    assert.match(page, /No change since <time datetime="2023-01-18T00:00:00Z"/);
  });

  await t.step("not if the later report saw less than half of a window", async () => {
    const page = await shown("?as_of=2023-01-21T12:00:00Z");
    assert.deepEqual(changes(page), ["Last week"]);
    assert.match(page, /No comparison for the last hour and last day: .*less than half of it was observed/s);
  });

  await t.step("not if the earlier report saw less than half of a window", async () => {
    await service.report("?as_of=2023-01-24T00:00:00Z");
    const page = await shown("?as_of=2023-01-25T00:00:00Z");
    assert.deepEqual(changes(page), []);
    assert.match(page, /less than half of it was observed/);
  });

  await t.step("by a method that leaves unobserved time out, too, from the first poll on", async () => {
    await service.report("?method=nearest&as_of=2023-01-10T12:00:00Z");
    const page = await shown("?method=nearest&as_of=2023-01-15T00:00:00Z");
    assert.deepEqual(changes(page), ["Last hour", "Last day"]);
    assert.match(page, /No comparison for the last week: .*less than half of it was observed/s);
  });
});
