/** Files that were damaged at random: what is read of them is what a second reader reads, or they fail. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { HOUR } from "../../src/domain/time/interval.ts";
import type { StagedOpening } from "../../src/db/stores/stage_hours.ts";
import { type Columns, fits } from "../../src/ingest/rows/columns.ts";
import type { Fault } from "../../src/ingest/faults/fault.ts";
import { FileForm } from "../../src/ingest/text/file_form.ts";
import { readHeader, readTable } from "../../src/ingest/rows/header.ts";
import { InputError } from "../../src/ingest/faults/input_error.ts";
import { Notices } from "../../src/ingest/faults/notice.ts";
import { hoursReader, isFault, pollReader, type RowReader, timezoneReader } from "../../src/ingest/rows/row_readers.ts";
import { Weekdays } from "../../src/ingest/values/weekday.ts";
import { timeOfDay } from "../support/build.ts";
import { bodyOf } from "../support/csv_file.ts";
import { utf16 } from "../support/encodings.ts";
import { RULES } from "../support/rules.ts";
import { type Reading, readSecond } from "../support/second_reader.ts";

async function readFirst(
  bytes: Uint8Array,
  piece: number,
): Promise<Reading | undefined> {
  const notices = new Notices();
  try {
    const batches = readTable(bodyOf(bytes, piece), new FileForm(notices));
    const { columns, first } = await readHeader(batches, {});
    const read = readerOf(columns, notices);
    const reading = {
      kind: columns.kind,
      good: [] as string[],
      bad: [] as number[],
    };
    for (
      const { line, fields } of [
        ...first,
        ...(await Array.fromAsync(batches)).flat(),
      ]
    ) {
      const row = fits(fields, columns) ? read(fields, line) : undefined;
      if (row === undefined || typeof row !== "string") reading.bad.push(line);
      else reading.good.push(row);
    }
    return reading;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Reads a row as text, or says what is wrong. */
type TextReader = (fields: readonly string[], line: number) => string | Fault;

function readerOf(columns: Columns, notices: Notices): TextReader {
  if (columns.kind === "polls") {
    return texts(
      pollReader(columns, notices),
      ({ storeId, active, at }) => `${storeId}|${active}|${at}`,
    );
  }
  if (columns.kind === "hours") {
    const read = hoursReader(columns, notices, new Weekdays(undefined));
    return texts(
      read,
      ({ storeId, openings }) => `${storeId}|${inWeek(openings)}`,
    );
  }
  const read = timezoneReader(columns, notices, RULES.zones);
  return texts(read, ({ storeId, timezone }) => `${storeId}|${timezone}`);
}

function texts<Row extends object>(
  read: RowReader<Row>,
  write: (row: Row) => string,
): TextReader {
  return (fields, line) => {
    const row = read(fields, line);
    return isFault(row) ? row : write(row);
  };
}

const DAY = 24 * HOUR;

/** When in the week an opening begins, and how long it lasts: two that touch are one. */
function inWeek(openings: readonly StagedOpening[]): string {
  const [first] = openings;
  if (first === undefined) return "closed";
  const length = openings.reduce((sum, { start, end }) => {
    const [from, to] = [timeOfDay(start), timeOfDay(end)];
    return sum + (to > from ? to : to + DAY) - from;
  }, 0);
  return `${first.day * DAY + timeOfDay(first.start)} for ${length}`;
}

const id = fc.constantFrom(
  "8139926242460185114",
  "a",
  "b",
  "c",
  "1001.0",
  "'7",
  "8.41954E+18",
  "..",
  "Café",
  "x y",
  "=1",
  "",
);
const status = fc.constantFrom(
  "active",
  "Inactive",
  "UP",
  "down",
  "online",
  "Offline",
  "open",
  "1",
  "",
);
const instant = fc.constantFrom(
  ...[
    "2023-01-25 18:13:22.479220 UTC",
    "2023-01-25T18:13:22Z",
    "2023-01-25 8:13:22",
    "2023-01-25 18:13:22,4792201z",
  ],
  ...[
    "2023-01-25 18:13+05:30",
    "2023-01-25 18:13:22.5 +0000 UTC",
    "2023-01-25T18:13:22Z[UTC]",
    "20230125T181322Z",
  ],
  ...[
    "1674670402",
    "1674670402479",
    "1674670402479220",
    "2023-01-25 23:59:60 GMT",
    "2023-01-25 24:00:00 Etc/UTC",
  ],
  ...[
    "01/02/2023 10:00",
    "2023-01-25",
    "2023-W04-3",
    "2023-01-25 6:13 PM",
    "2023-02-29 00:00 UTC",
    "1.67E+12",
    "",
  ],
);
const day = fc.constantFrom(
  "0",
  "6",
  "3",
  "Monday",
  "tue",
  "SUNDAY",
  "Mo",
  "8",
  "",
);
const time = fc.constantFrom(
  ...[
    "9:00",
    "09:00:00",
    "17:30:15.5",
    "9 AM",
    "9:00 pm",
    "12:00 AM",
    "noon",
    "midnight",
    "24:00",
    "25:30",
    "47:59",
    "48:00",
  ],
  ...[
    "2000-01-01 08:00:00",
    "1/1/1900 9:00 PM",
    "closed",
    "",
    "",
    "9.30",
    "0:30 AM",
    "13 PM",
    "ten",
  ],
);
const zone = fc.constantFrom(
  ...[
    "America/New_York",
    "asia/tokyo",
    "EST",
    "Eastern Standard Time",
    "(UTC-05:00) Eastern Time (US & Canada)",
  ],
  ...[
    "W. Europe Standard Time",
    "+05:30",
    "UTC+3",
    "GMT-5",
    "Etc/GMT+5",
    "AEST",
    "UTC+15",
    "nowhere",
    "",
  ],
);

/** Headers and cells of each kind. */
const KINDS: [string[][], fc.Arbitrary<string>[]][] = [
  [[["store_id", "Store", "StoreID"], ["status", "state"], [
    "timestamp_utc",
    "Timestamp",
    "time utc",
  ]], [
    id,
    status,
    instant,
  ]],
  [
    [["store_id", "store"], ["day", "dayOfWeek", "weekday"], [
      "start_time_local",
      "opens",
    ], [
      "end_time_local",
      "Close",
    ]],
    [id, day, time, time],
  ],
  [[["store_id"], ["timezone_str", "tz", "Time-Zone"]], [id, zone]],
];

const table = fc.constantFrom(...KINDS).chain(([names, cells]) =>
  fc.tuple(
    fc.tuple(...names.map((each) => fc.constantFrom(...each))),
    fc.array(fc.tuple(...cells), { minLength: 1, maxLength: 6 }),
  ).map(([header, rows]): string[][] => [header, ...rows])
);

function seldom<Item>(items: fc.Arbitrary<Item[]>): fc.Arbitrary<Item[]> {
  return fc.oneof({ arbitrary: fc.constant<Item[]>([]), weight: 2 }, {
    arbitrary: items,
    weight: 1,
  });
}

const damage = fc.record({
  /** Cells that change places. */
  swaps: seldom(
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), {
      maxLength: 2,
    }),
  ),
  rename: fc.option(
    fc.tuple(
      fc.nat(),
      fc.constantFrom("status", "tz", "x", "", "start", "store"),
    ),
    { freq: 8 },
  ),
  extra: fc.option(fc.tuple(fc.nat(), fc.constantFrom("", " ", "more")), {
    freq: 3,
  }),
  bytes: seldom(
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.oneof(
          fc.nat(255),
          fc.constantFrom(10, 13, 34, 44, 59, 9, 124, 32, 0xe9, 0xc3, 0xa9),
        ),
      ),
      { maxLength: 3 },
    ),
  ),
});

const style = fc.record({
  separator: fc.constantFrom(",", ";", "\t", "|"),
  end: fc.constantFrom("\n", "\r\n", "\r"),
  first: fc.constantFrom(
    "",
    "",
    "",
    "",
    "",
    "\n",
    "#TYPE x\n",
    "sep=;\n",
    "sep=,\n",
  ),
  quotes: fc.constantFrom("none", "all", "spaced"),
  encoding: fc.constantFrom(
    "utf-8",
    "utf-8",
    "mark",
    "utf-16le",
    "utf-16be",
    "latin",
  ),
  piece: fc.integer({ min: 1, max: 200 }),
});

type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;
type Style = typeof style extends fc.Arbitrary<infer Value> ? Value : never;

function damaged(
  table: readonly string[][],
  { swaps, rename, extra }: Damage,
): string[][] {
  const rows = table.map((row) => [...row]);
  const at = (row: number, column: number): [string[], number] => {
    const cells = rows[row % rows.length] ?? [];
    return [cells, column % cells.length];
  };
  for (const [rowA, columnA, rowB, columnB] of swaps) {
    const [[a, i], [b, j]] = [at(rowA, columnA), at(rowB, columnB)];
    [a[i], b[j]] = [b[j] ?? "", a[i] ?? ""];
  }
  if (rename !== null) {
    const [header, column] = at(0, rename[0]);
    header[column] = rename[1];
  }
  if (extra !== null) at(extra[0], 0)[0].push(extra[1]);
  return rows;
}

function bytesOf(
  rows: readonly string[][],
  { separator, end, first, quotes, encoding }: Style,
): Uint8Array {
  const cell = (text: string) =>
    quotes === "none" ? text : `${quotes === "spaced" ? " " : ""}"${text.replaceAll('"', '""')}"`;
  const text = first +
    rows.map((row) => row.map(cell).join(separator) + end).join("");
  if (encoding === "latin") {
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  }
  if (encoding.startsWith("utf-16")) {
    return utf16(text, {
      order: encoding === "utf-16le" ? "little" : "big",
      mark: text.length % 2 === 0,
    });
  }
  return new TextEncoder().encode(encoding === "mark" ? `\ufeff${text}` : text);
}

Deno.test("10,000 damaged files are read as a second reader reads them, or fail as it fails", async () => {
  await fc.assert(
    fc.asyncProperty(table, damage, style, async (table, harm, form) => {
      const bytes = bytesOf(damaged(table, harm), form);
      for (const [place, byte] of harm.bytes) {
        bytes[place % bytes.length] = byte;
      }
      assert.deepEqual(
        await readFirst(bytes, form.piece),
        readSecond(bytes, RULES.zones),
      );
    }),
    { numRuns: 10_000 },
  );
});
