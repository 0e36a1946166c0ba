import assert from "node:assert/strict";
import { estimatePollsOn } from "../../src/db/polls/count_polls.ts";
import { transaction } from "../../src/db/postgres/transaction.ts";
import { DAY } from "../../src/domain/time/interval.ts";
import { storesPerChunk } from "../../src/report/chunk_size.ts";
import { openFixture } from "../support/reports.ts";
import { loadSample } from "../support/sample_agreement.ts";

Deno.test("a chunk has at most some 3 million polls, however long the windows are, and at least one store", () => {
  const facts = { stores: 14_092, concurrency: 4, chunkSize: undefined };
  assert.equal(storesPerChunk({ ...facts, polls: 1_837_042 }), 881, "a week");
  assert.equal(storesPerChunk({ ...facts, polls: 8_000_000 }), 881, "a month");
  assert.equal(storesPerChunk({ ...facts, polls: 96_000_000 }), 440, "a year");
  assert.equal(storesPerChunk({ ...facts, polls: 8e9 }), 5, "a year of polls by the minute");
  assert.equal(storesPerChunk({ ...facts, polls: 1e15 }), 1);
  assert.equal(storesPerChunk({ ...facts, polls: 96_000_000, chunkSize: 50 }), 50);
  assert.equal(storesPerChunk({ ...facts, polls: 96_000_000, chunkSize: 5_000 }), 440);
  assert.equal(storesPerChunk({ ...facts, polls: 0 }), 881);
});

Deno.test("the polls of some days are estimated from the size of their months, without statistics", async () => {
  await using fixture = await openFixture();
  await loadSample(fixture.sql, 300);
  const [row] = await fixture.sql<{ first: number; last: number; polls: number }[]>`
    select min(day) - date '1970-01-01' as first, max(day) - date '1970-01-01' as last,
      sum(length(polls)) / 5 as polls from poll_days`;
  const { first, last, polls } = { first: Number(row?.first), last: Number(row?.last), polls: Number(row?.polls) };
  const estimate = (days: { first: number; last: number }[]) =>
    transaction(fixture.sql, (tx) => estimatePollsOn(tx, days, (last + 1) * DAY - 1));
  const all = await estimate([{ first: first - 40, last: last + 3 }]);
  assert.ok(polls <= all && all < 6 * polls, `${all} for ${polls}`);
  const parts = await estimate([{ first, last: first + 2 }, { first: last - 1, last }]);
  assert.ok(0 < parts && parts < all);
  assert.equal(await estimate([{ first: first - 400, last: first - 300 }]), 0);
});
