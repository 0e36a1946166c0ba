import assert from "node:assert/strict";
import { findPollFaults } from "../../src/db/polls/check_days.ts";
import { setTimeout as delay } from "node:timers/promises";
import { jsonOf, openService } from "../support/http_service.ts";

const JSON_TYPE = "application/json";
const NDJSON = "application/x-ndjson";

const poll = (index: number) =>
  JSON.stringify({
    store_id: `s${index % 50}`,
    status: index % 7 === 0 ? "inactive" : "active",
    timestamp_utc: new Date(Date.UTC(2023, 0, 25) - index * 1_000).toISOString(),
  });

function filled(piece: (index: number) => string, between: string, megabytes: number): string {
  const pieces: string[] = [];
  for (let index = 0, length = 0; length < megabytes * 1_000_000; index++) {
    pieces.push(piece(index));
    length += (pieces.at(-1)?.length ?? 0) + between.length;
  }
  return pieces.join(between);
}

/** How often others had their turn while some work was done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  const state = { isOver: false, turns: 0 };
  const counting = (async () => {
    for (; !state.isOver; state.turns++) await delay(1);
  })();
  await work();
  state.isOver = true;
  await counting;
  return state.turns;
}

Deno.test("large bodies let others have their turns, and have short answers with totals", async (t) => {
  await using service = await openService();
  const post = async (path: string, type: string, body: string) => {
    const answer = await service.app.request(path, { method: "POST", headers: { "content-type": type }, body });
    return { status: answer.status, json: await jsonOf(answer.clone()), length: (await answer.text()).length };
  };
  const cases: [what: string, type: string, body: string, rejects: number][] = [
    ["numbers", JSON_TYPE, `[${filled(() => "1", ",", 4)}]`, 1_000],
    ["polls", JSON_TYPE, `[${filled(poll, ",", 2)}]`, 0],
    ["short bad lines", NDJSON, filled(() => "x", "\n", 4), 1_000],
    ["long bad lines", NDJSON, filled(() => `{"store_id":"${"x".repeat(60)}"`, "\n", 4), 1_000],
  ];
  for (const [what, type, body, rejects] of cases) {
    await t.step(what, async () => {
      let answer: Awaited<ReturnType<typeof post>> | undefined;
      const turns = await turnsDuring(async () => answer = await post("/polls", type, body));
      assert.equal(answer?.status, 200);
      const { received, accepted, rejected, rejects: told } = answer.json;
      assert.ok(Array.isArray(told) && told.length === rejects);
      assert.equal(Number(accepted) + Number(rejected), received);
      assert.equal(rejected, rejects === 0 ? 0 : received);
      assert.ok(answer.length < 300_000);
      assert.ok(turns > 5, `${turns} turns`);
    });
  }

  await t.step("a trigger with 300,000 unknown keys", async () => {
    const body = `{${Array.from({ length: 300_000 }, (_, index) => `"key ${index}":${index}`).join(",")}}`;
    let answer: Awaited<ReturnType<typeof post>> | undefined;
    const turns = await turnsDuring(async () => answer = await post("/trigger_report", JSON_TYPE, body));
    assert.equal(answer?.status, 422);
    const { errors, errors_total, detail } = answer.json;
    assert.ok(Array.isArray(errors));
    assert.deepEqual([errors.length, errors_total], [20, 300_000]);
    assert.match(String(detail), /^Cannot be used: key 0, .* and 299980 more$/);
    assert.ok(turns > 5, `${turns} turns`);
  });
});

Deno.test("a large array is taken in as a whole or not at all", async () => {
  await using service = await openService();
  const polls = filled(poll, ",", 1);
  const headers = { "content-type": JSON_TYPE };
  const send = (body: string) => service.app.request("/polls", { method: "POST", headers, body });
  const stored = async () =>
    (await service.sql<{ polls: number }[]>`
      select count(*) as polls from polls where store_id like 's%'`)[0]?.polls;
  for (const end of [",", ",]", ",{]", "] 1", ",}"]) assert.equal((await send(`[${polls}${end}`)).status, 400, end);
  assert.equal(await stored(), 0);
  const { received, accepted, changed } = await jsonOf(await send(`[${polls}]`));
  assert.deepEqual([accepted, changed, await stored()], [received, received, received]);
  assert.deepEqual(await Array.fromAsync(findPollFaults(service.sql)), []);
});

Deno.test("what is nested deep or very long is rejected by itself", async () => {
  await using service = await openService();
  const deep = "[".repeat(30_000) + "]".repeat(30_000);
  const long = `"${"x".repeat(70_000)}"`;
  const body = `[${deep}, ${long}, {"store_id": ${deep}}, ${poll(1)}]`;
  const headers = { "content-type": JSON_TYPE };
  const answer = await jsonOf(await service.app.request("/polls", { method: "POST", headers, body }));
  assert.deepEqual([answer.received, answer.accepted, answer.rejected], [4, 1, 3]);
});
