import assert from "node:assert/strict";
import { PollsJson } from "../../src/http/data/poll_schemas.ts";
import { jsonOf, openService, statusOf } from "../support/http_service.ts";

const NDJSON = "application/x-ndjson";

const poll = (store_id: string, second: number, status = "active") => ({
  store_id,
  status,
  timestamp_utc: new Date(Date.UTC(2023, 0, 25, 12) + second * 1000).toISOString(),
});

Deno.test("taking in live polls", async (t) => {
  await using service = await openService({ jsonBytes: 10_000, bodyPauseMs: 200 });
  const { app, sql } = service;
  const send = (body: BodyInit, type = "application/json") =>
    app.request("/polls", { method: "POST", body, headers: { "content-type": type } });
  const counts = async (answer: Response | Promise<Response>) => PollsJson.parse(await jsonOf(await answer));
  const pollsOf = async (store: string) =>
    (await sql`select count(*)::integer as polls from polls where store_id = ${store}`)[0]
      ?.polls;

  await t.step("takes one, an array, or one a line, and makes the stores that it did not know", async () => {
    assert.equal((await counts(send(JSON.stringify(poll("one", 0))))).accepted, 1);
    assert.equal((await counts(send(JSON.stringify([poll("two", 0), poll("two", 1)])))).accepted, 2);
    const lines = [0, 1, 2].map((second) => JSON.stringify(poll("three", second))).join("\r\n");
    assert.equal((await counts(send(`\n${lines}\n\n`, "application/x-ndjson; charset=utf-8"))).accepted, 3);
    assert.deepEqual([await pollsOf("one"), await pollsOf("two"), await pollsOf("three")], [1, 2, 3]);
  });

  await t.step("changes nothing when the same comes again", async () => {
    const { accepted, changed } = await counts(send(JSON.stringify(poll("one", 0))));
    assert.deepEqual([accepted, changed], [1, 0]);
  });

  await t.step("takes nothing from an empty list", async () => {
    assert.equal((await counts(send("[]"))).received, 0);
    assert.equal((await counts(send("", "application/x-ndjson"))).received, 0);
  });

  await t.step("names each bad poll by its position, and takes in the others", async () => {
    const body = [
      poll("four", 0),
      { ...poll("four", 1), status: "open" },
      7,
      { ...poll("x", 1), store_id: 8 },
      poll("four", 2),
    ];
    const { received, accepted, rejected, rejects } = await counts(send(JSON.stringify(body)));
    assert.deepEqual([received, accepted, rejected], [5, 2, 3]);
    assert.deepEqual(rejects.map(({ position, column }) => [position, column]), [[1, "status"], [2, null], [
      3,
      "store_id",
    ]]);
  });

  await t.step("counts lines over all batches", async () => {
    const lines = Array.from({ length: 2_500 }, (_, second) => JSON.stringify(poll("five", second)));
    lines[1_700] = "{";
    lines[2_100] = "[]";
    const { received, accepted, rejects } = await counts(send(lines.join("\n"), "application/x-ndjson"));
    assert.deepEqual([received, accepted, await pollsOf("five")], [2_500, 2_498, 2_498]);
    assert.deepEqual(rejects.map(({ position, reason }) => [position, reason]), [
      [1_700, "is not JSON"],
      [2_100, "is not an object: send polls as {store_id, status, timestamp_utc}"],
    ]);
  });

  await t.step("counts all bad ones, but names only the first thousand", async () => {
    for (const [body, type] of [[`[${"1,".repeat(2_499)}1]`, undefined], ["1\n".repeat(2_500), NDJSON]] as const) {
      const { received, accepted, rejected, rejects } = await counts(send(body, type));
      assert.deepEqual([received, accepted, rejected, rejects.length], [2_500, 0, 2_500, 1_000]);
      assert.equal(rejects.at(-1)?.position, 999);
    }
  });

  const wrong: [BodyInit, string, number][] = [
    ["", "application/json", 400],
    ["{", "application/json", 400],
    ["7", "application/json", 422],
    ["null", "application/json", 422],
    [JSON.stringify("x".repeat(10_000)), "application/json", 413],
    [new Uint8Array([0x5b, 0xff, 0x5d]), "application/json", 400],
    [new Uint8Array([0x7b, 0xff, 0x7d]), "application/x-ndjson", 400],
    ["x".repeat(70_000), "application/x-ndjson", 413],
    ["[]", "text/csv", 415],
  ];
  for (const [body, type, status] of wrong) {
    await t.step(`answers ${String(body).slice(0, 10)} as ${type} with ${status}`, async () => {
      assert.equal(await statusOf(send(body, type)), status);
    });
  }
});

Deno.test("twenty feeds lose nothing while they merge", async () => {
  await using service = await openService();
  const feed = async (number: number) => {
    for (let round = 0; round < 5; round++) {
      const body = JSON.stringify(Array.from({ length: 50 }, (_, index) => poll(`store ${index}`, number * 5 + round)));
      const headers = { "content-type": "application/json" };
      const { accepted, rejected } = PollsJson.parse(
        await jsonOf(await service.app.request("/polls", { method: "POST", body, headers })),
      );
      assert.deepEqual([accepted, rejected], [50, 0]);
    }
  };
  await Promise.all(Array.from({ length: 20 }, (_, number) => feed(number)));
  const [row] = await service.sql`
    select count(*)::integer as polls from polls where store_id like 'store %'`;
  assert.equal(row?.polls, 20 * 5 * 50);
});
