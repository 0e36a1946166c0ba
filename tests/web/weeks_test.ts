import assert from "node:assert/strict";
import { DAY } from "../../src/domain/time/interval.ts";
import { DEFAULT_REQUEST } from "../../src/domain/report_request.ts";
import { weeksBeside } from "../../src/web/store/weeks.ts";
import { instant } from "../support/build.ts";
import { FLEET, openService } from "../support/http_service.ts";

const LATEST = instant("09:00");

function weekTo(asOf: number, firstPoll: number | undefined) {
  return { request: { ...DEFAULT_REQUEST, asOf }, firstPoll, span: { start: asOf - 7 * DAY, end: asOf } };
}

Deno.test("the week after ends at the latest poll, not after it", () => {
  const week = weekTo(LATEST - 2 * DAY, undefined);
  assert.equal(weeksBeside(week, LATEST).after, LATEST);
  assert.equal(weeksBeside(weekTo(LATEST - 8 * DAY, undefined), LATEST).after, LATEST - DAY);
});

Deno.test("no week comes after the latest poll", () => {
  for (const asOf of [LATEST, LATEST + DAY]) assert.equal(weeksBeside(weekTo(asOf, 0), LATEST).after, undefined);
  assert.equal(weeksBeside(weekTo(LATEST, undefined), undefined).after, undefined);
});

Deno.test("a week comes before as long as the store has older polls", () => {
  assert.equal(weeksBeside(weekTo(LATEST, LATEST - 8 * DAY), LATEST).before, LATEST - 7 * DAY);
  assert.equal(weeksBeside(weekTo(LATEST, LATEST - 7 * DAY), LATEST).before, undefined);
  assert.equal(weeksBeside(weekTo(LATEST, undefined), LATEST).before, undefined);
});

Deno.test("a store's page links to no week without data, and says when the data ends", async () => {
  await using service = await openService();
  const page = async (asOf: string) =>
    await (await service.app.request(`/stores/${FLEET[0]?.id}?as_of=${asOf}`, { headers: { accept: "text/html" } }))
      .text();
  assert.match(await page("2023-01-20T09:00:00Z"), /href="[^"]*as_of=2023-01-25T09%3A00%3A00Z[^"]*">Next week</);
  assert.doesNotMatch(await page("2023-01-25T09:00:00Z"), /Next week|The data ends/);
  const beyond = await page("2023-02-01T09:00:00Z");
  assert.doesNotMatch(beyond, /Next week/);
  assert.match(
    beyond,
    /The data ends on[\s\S]*as_of=2023-01-25T09%3A00%3A00Z[^"]*">Show the week up to the latest poll/,
  );
});
