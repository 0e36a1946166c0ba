import assert from "node:assert/strict";
import fc from "fast-check";
import { StoreNumbers } from "../../src/db/stores/store_numbers.ts";
import { pollLimits } from "../../src/domain/polls/poll_limits.ts";
import { believable } from "../../src/ingest/believable_polls.ts";
import { Notices } from "../../src/ingest/faults/notice.ts";
import { PlainPolls, type PlainTarget } from "../../src/ingest/plain_polls.ts";
import { type Columns, findColumns } from "../../src/ingest/rows/columns.ts";
import { isFault, pollReader } from "../../src/ingest/rows/row_readers.ts";
import { importText, storedPolls } from "../support/csv_file.ts";
import { databaseTest } from "../support/database.ts";

const LIMITS = pollLimits(Date.UTC(2026, 0, 1) * 1000);

const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, "0"));
const fraction = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 0, max: 9_999_999 }).map((n) => `.${n}`),
  fc.constant("."),
);
const date = fc.tuple(fc.constantFrom("2023", "2024", "1999", "2030", "0023"), two(13), two(32)).map((parts) =>
  parts.join("-")
);
const zone = fc.constantFrom(" UTC", " UTC", " UTC", "Z", " +00", "", "  UTC");
const instant = fc.tuple(date, fc.constantFrom(" ", " ", "T"), two(24), two(60), two(60), fraction, zone)
  .map(([date, between, hour, minute, second, fraction, zone]) =>
    `${date}${between}${hour}:${minute}:${second}${fraction}${zone}`
  );
const id = fc.oneof(
  fc.constantFrom(
    "8419537941919820732",
    "a",
    "a-b_c",
    "-a",
    "_a",
    "8.4E+18",
    "1001.0",
    "'7",
    " x",
    "é",
    "",
    "9".repeat(65),
  ),
  fc.bigInt({ min: 1n, max: 10n ** 19n }).map(String),
);
const status = fc.constantFrom("active", "active", "inactive", "Active", "inactiv", "activee", " active", "up", "");
const field = { id, status, instant };
type Name = keyof typeof field;

const order = fc.shuffledSubarray<Name>(["id", "status", "instant"], { minLength: 3 });
const odd = fc.record({
  ...field,
  end: fc.constantFrom("\n", "\n", "\n", "\r\n"),
  surplus: fc.constantFrom("", "", "", "", ","),
});

const usual = fc.record({
  id: fc.bigInt({ min: 1n, max: 10n ** 19n }).map(String),
  status: fc.constantFrom("active", "inactive"),
  instant: fc.tuple(fc.integer({ min: LIMITS.earliest, max: LIMITS.latest }), fc.integer({ min: 0, max: 6 })).map(
    textOf,
  ),
  end: fc.constant("\n"),
  surplus: fc.constant(""),
});
const row = fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** An instant with some digits of its fraction. */
function textOf([at, digits]: [number, number]): string {
  const whole = new Date(Math.floor(at / 1000)).toISOString().slice(0, 19).replace("T", " ");
  const micros = String(at % 1_000_000).padStart(6, "0").slice(0, digits);
  return `${whole}${digits === 0 ? "" : `.${micros}`} UTC`;
}

const HEADERS: Record<Name, string> = { id: "store_id", status: "status", instant: "timestamp_utc" };

/** Polls as they go into the staging area: `store instant status`. */
function targetOf(polls: string[]): PlainTarget {
  const numbers = new StoreNumbers();
  const names: string[] = [];
  const addPoll = (store: number, at: number, active: boolean) => {
    const { first, storeIds } = numbers.takeNew();
    for (const [index, id] of storeIds.entries()) names[first + index] = id;
    polls.push(`${names[store]} ${at} ${active}`);
  };
  return { stores: { numbers }, addPoll };
}

/** What the general reader makes of a line, as `store instant status`; undefined if it rejects it. */
function readGenerally(line: string, columns: Columns): string | undefined {
  const notices = new Notices();
  const read = believable(pollReader(columns, notices), columns, LIMITS);
  const poll = read(line.replace(/\r?\n$/, "").split(","), 2);
  return isFault(poll) ? undefined : `${poll.storeId} ${poll.at} ${poll.active}`;
}

Deno.test("what is taken as plain is what the general reader makes of it, and the rest begins at a whole line", () => {
  let taken = 0;
  fc.assert(
    fc.property(order, fc.array(row, { maxLength: 12 }), (order, rows) => {
      const columns = findColumns(order.map((name) => HEADERS[name]), {});
      const lines = rows.map((row) => order.map((name) => row[name]).join(",") + row.surplus + row.end);
      const polls: string[] = [];
      const plain = new PlainPolls(columns, targetOf(polls), LIMITS);
      const text = lines.join("");
      const { bytes, lines: count } = plain.take(new TextEncoder().encode(text));
      assert.equal(
        new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)),
        lines.slice(0, count).join(""),
      );
      assert.deepEqual(polls, lines.slice(0, count).map((line) => readGenerally(line, columns)));
      taken += count;
    }),
    { numRuns: 3_000 },
  );
  assert.ok(taken > 500, `${taken} rows were taken`);
});

Deno.test("every usual row of a file is plain", () => {
  const columns = findColumns(["store_id", "status", "timestamp_utc"], {});
  fc.assert(fc.property(fc.array(usual, { maxLength: 10 }), (rows) => {
    const text = rows.map(({ id, status, instant }) => `${id},${status},${instant}\n`).join("");
    const plain = new PlainPolls(columns, targetOf([]), LIMITS);
    assert.equal(plain.take(new TextEncoder().encode(text)).lines, rows.length);
  }));
});

/** Rows enough for several blocks of 64 kB. */
const MANY = 6_000;

databaseTest("a long file of which some rows are odd is read as a short one, line for line", async ({ sql }) => {
  const time = (index: number) => new Date(Date.UTC(2023, 0, 1) + index * 60_000).toISOString();
  const odd = new Map([
    [1_500, `s1500,up,${time(1_500)}`],
    [2_700, `s2700,bad,${time(2_700)}`],
    [4_100, `"s4100",active,${time(4_100)}`],
    [5_000, `s5000,active,${time(5_000).replace("T", " ").replace("Z", " UTC")}`],
  ]);
  const lines = Array.from(
    { length: MANY },
    (_, index) => odd.get(index) ?? `s${index},active,${time(index).slice(0, 19).replace("T", " ")} UTC`,
  );
  const file = await importText(sql, ["store_id,status,timestamp_utc", ...lines, ""].join("\n"));
  assert.deepEqual([file.rows, file.accepted, file.rejected, file.changed], [MANY, MANY - 1, 1, MANY - 1]);
  assert.deepEqual(file.rejects.map(({ line, value }) => [line, value]), [[2_702, "bad"]]);
  const expected = lines.flatMap((line, index) =>
    line.includes("bad") ? [] : [`s${index} ${(Date.UTC(2023, 0, 1) + index * 60_000) * 1000} active`]
  );
  assert.deepEqual(await storedPolls(sql), expected.sort());
});
