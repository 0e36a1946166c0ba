import assert from "node:assert/strict";
import { pollLimits } from "../../src/domain/polls/poll_limits.ts";
import { ingestPolls } from "../../src/ingest/live_polls.ts";
import { databaseTest } from "../support/database.ts";
import { importText, POLLS, storedPolls } from "../support/csv_file.ts";

const NOW = Date.now() * 1000;
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

const TIMES = ["1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z", inDays(0.9), inDays(1.1)];
const REASONS = [/^is before 2000-01-01/, /ahead of this server's clock/];

databaseTest("polls with impossible times are rejected in files, each with its reason", async ({ sql }) => {
  const rows = TIMES.map((time) => `a,active,${time}`);
  const { accepted, rejects } = await importText(sql, [POLLS, ...rows].join("\n"));
  assert.deepEqual([accepted, rejects.map(({ line }) => line)], [2, [2, 5]]);
  for (const [index, reason] of REASONS.entries()) assert.match(rejects[index]?.reason ?? "", reason);
  assert.equal((await storedPolls(sql)).length, 2);
});

databaseTest("and live", async ({ sql }) => {
  const polls = TIMES.map((timestamp_utc) => ({ store_id: "a", status: "active", timestamp_utc }));
  const { accepted, rejects } = await ingestPolls(sql, polls);
  assert.deepEqual([accepted, rejects.map(({ position, column }) => [position, column])], [
    2,
    [[0, "timestamp_utc"], [3, "timestamp_utc"]],
  ]);
  for (const [index, reason] of REASONS.entries()) assert.match(rejects[index]?.reason ?? "", reason);
});

databaseTest("how far ahead of the clock they may be is a setting, for files and live", async ({ sql }) => {
  const time = inDays(5);
  const poll = { store_id: "a", status: "active", timestamp_utc: time };
  assert.equal((await ingestPolls(sql, [poll], pollLimits(NOW, "P1W"))).accepted, 1);
  assert.equal((await ingestPolls(sql, [poll], pollLimits(NOW, "P3D"))).accepted, 0);
  const file = `${POLLS}\nb,active,${time}\nb,active,2023-01-01T00:00:00Z`;
  assert.equal((await importText(sql, file, { maxPollAhead: "P1W" })).accepted, 2);
  assert.equal((await importText(sql, file, { maxPollAhead: "P3D" })).accepted, 1);
});
