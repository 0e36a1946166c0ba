import assert from "node:assert/strict";
import { importFile } from "../../src/ingest/import_file.ts";
import { InputError } from "../../src/ingest/faults/input_error.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { bodyOf, gzip, importText, POLLS, rowsOfAllTables } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";
import { RULES } from "../support/rules.ts";

const NOON = "2023-01-25 12:00:00 UTC";
const GOOD = `a,active,${NOON}\nb,bad,${NOON}\n`;
/** Enough for several batches to be on their way before the end. */
const MANY = `${POLLS}\n${GOOD.repeat(20_000)}`;

/** The file leaves its record with the reason, and nothing else. */
async function fails(sql: Sql, attempt: () => Promise<unknown>, message: RegExp) {
  await assert.rejects(attempt, inputError(message));
  const [record] = await sql`delete from imports where status = 'failed' returning reason, finished_at`;
  assert.match(String(record?.reason), message);
  assert.ok(record?.finished_at);
  assert.equal(await rowsOfAllTables(sql), 0);
}

async function changesNothing(sql: Sql, attempt: () => Promise<unknown>, expected: (error: unknown) => boolean) {
  await assert.rejects(attempt, expected);
  assert.equal(await rowsOfAllTables(sql), 0);
}

function inputError(message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof InputError && message.test(error.message);
}

databaseTest(
  "R10: a file that is no such file fails as a whole and changes nothing but its record",
  async ({ sql }) => {
    const files: [string | Uint8Array, RegExp][] = [
      ["", /empty/],
      ["\ufeff\n\n", /empty/],
      ["a,b\n1,2\n", /no kind/],
      [`store_id,status,timestamp_utc,status\n${GOOD}`, /twice/],
      [`${MANY}"unclosed`, /quote is not closed/],
      [`${MANY}\0`, /NUL/],
      [new Uint8Array([...new TextEncoder().encode(MANY), 0x81]), /UTF-8/],
      [gzip(MANY).subarray(0, -9), /cut off/],
    ];
    for (const [content, message] of files) {
      await fails(sql, () => importText(sql, content), message);
    }
  },
);

databaseTest("R10: a file of another kind than was asked for fails", async ({ sql }) => {
  await fails(sql, () => importText(sql, MANY, { kind: "hours" }), /file of hours needs/);
});

databaseTest("R11: a body that breaks off changes nothing, and its error is passed on", async ({ sql }) => {
  const broken = ReadableStream.from(async function* () {
    yield* bodyOf(MANY);
    throw await Promise.resolve(new Deno.errors.ConnectionReset("peer is gone"));
  }());
  const attempt = () => importFile(sql, { zoneRules: RULES, source: "upload", body: broken });
  await changesNothing(sql, attempt, (error) => error instanceof Deno.errors.ConnectionReset);
});

databaseTest("R11: an abort breaks off a body that has stalled, and cancels it", async ({ sql }) => {
  const controller = new AbortController();
  const cancelled = Promise.withResolvers<unknown>();
  const stalled = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(new TextEncoder().encode(MANY)),
    cancel: (reason) => cancelled.resolve(reason),
  });
  const attempt = importFile(sql, { zoneRules: RULES, source: "upload", body: stalled, signal: controller.signal });
  const reason = new Error("the caller has gone");
  setTimeout(() => controller.abort(reason), 200);
  await changesNothing(sql, () => attempt, (error) => error === reason);
  assert.equal(await cancelled.promise, reason);
});

databaseTest("a file that fails is not read to its end", async ({ sql }) => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (stream) => stream.enqueue(new TextEncoder().encode("a,b\n".repeat(10_000))),
    cancel: () => void (cancelled = true),
  });
  await fails(sql, () => importFile(sql, { zoneRules: RULES, source: "upload", body: endless }), /no kind/);
  assert.ok(cancelled);
});

databaseTest(
  "R11: a backend that is killed while a file is read gives an error, and nothing is changed",
  async ({ sql }) => {
    const slow = ReadableStream.from(async function* () {
      yield* bodyOf(MANY);
      await killImporter(sql, "Client");
      yield* bodyOf(MANY);
    }());
    await changesNothing(
      sql,
      () => importFile(sql, { zoneRules: RULES, source: "upload", body: slow }),
      (error) => error instanceof Error,
    );
    assert.equal((await importText(sql, MANY)).accepted, 20_000, "and the pool is of use again");
  },
);

databaseTest(
  "R11: a backend that is killed during the merge gives an error, and nothing is changed",
  async ({ sql }) => {
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`lock table stores in exclusive mode`;
    const attempt = importText(sql, MANY);
    attempt.catch(() => {});
    await killImporter(sql, "Lock");
    await assert.rejects(attempt);
    await blocker`rollback`;
    blocker.release();
    assert.equal(await rowsOfAllTables(sql), 0);
  },
);

/** Ends the backend that is in a transaction and waits: for more from the client, or for a lock. */
async function killImporter(sql: Sql, waitingFor: "Client" | "Lock"): Promise<void> {
  for (let killed = 0; killed === 0;) {
    const { count } = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and xact_start is not null and wait_event_type = ${waitingFor} and query not like 'lock table%'`;
    killed = count;
  }
}
