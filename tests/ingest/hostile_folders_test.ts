/**
 * Folders of three files that were damaged at random, loaded as the command loads them. Without a mark that names the store, the
 * report has the numbers of what the second reader makes of the same bytes. `HOSTILE_FOLDERS=10000` tries as many.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { loadFiles } from "../../src/command/load/load_files.ts";
import { type Reading, readSecond } from "../support/second_reader.ts";
import { gzip, storedPolls } from "../support/csv_file.ts";
import { type Fixture, openFixture } from "../support/reports.ts";
import { RULES } from "../support/rules.ts";
import { classicRows } from "../support/classic_rows.ts";
import { makeTempFolder } from "../support/temp_folder.ts";

const RUNS = Number(Deno.env.get("HOSTILE_FOLDERS") ?? 200);

const id = fc.constantFrom("a", "b", "8139926242460185114");
const status = fc.constantFrom(
  "active",
  "inactive",
  "Active",
  "DOWN",
  "online",
);
const number = (value: number) => String(value).padStart(2, "0");
const instant = fc.tuple(
  fc.integer({ min: 18, max: 25 }),
  fc.nat(23),
  fc.nat(59),
  fc.nat(7),
).map(
  ([day, hour, minute, form]) => {
    const date = `2023-01-${number(day)}`;
    const clock = `${number(hour)}:${number(minute)}`;
    const seconds = Date.UTC(2023, 0, day, hour, minute) / 1000;
    return [
      ...[`${date} ${clock}:22.479220 UTC`, `${date}T${clock}Z`, `${date} ${hour}:${number(minute)}:05`, `${seconds}`],
      ...[`${date} ${clock}+05:30`, `${seconds}479`, `${date.replaceAll("-", "")}T${clock.replace(":", "")}22Z`],
      `${date} ${clock}:22,4792201z`,
    ][form] ?? "";
  },
);
const day = fc.constantFrom(
  "0",
  "1",
  "2",
  "3",
  "4",
  "5",
  "6",
  "Monday",
  "tue",
  "WEDNESDAY",
);
const times = fc.constantFrom(
  ...[["9:00", "17:00"], ["09:00:00", "5 PM"], ["22:00", "02:00"], ["20:00", "26:00"], ["24:00", "25:30"]],
  ...[["", ""], ["closed", "closed"], ["12:00 AM", "noon"], ["00:00", "24:00"], ["2000-01-01 08:00", "8:30 pm"]],
);
const zone = fc.constantFrom(
  ...["America/New_York", "asia/tokyo", "UTC+3", "+05:30", "Eastern Standard Time", "Europe/Berlin", "Etc/GMT+5"],
);

interface Kind {
  readonly header: string[];
  readonly rows: fc.Arbitrary<string[][]>;
}

const rowsOf = (row: fc.Arbitrary<string[]>, maxLength: number) => fc.array(row, { minLength: 2, maxLength });

const KINDS: readonly Kind[] = [
  {
    header: ["store_id", "status", "timestamp_utc"],
    rows: rowsOf(fc.tuple(id, status, instant), 9),
  },
  {
    header: ["store_id", "dayOfWeek", "start_time_local", "end_time_local"],
    rows: rowsOf(
      fc.tuple(id, day, times).map((
        [store, weekday, ends],
      ) => [store, weekday, ...ends]),
      8,
    ),
  },
  { header: ["store_id", "timezone_str"], rows: rowsOf(fc.tuple(id, zone), 4) },
];

/** How the text of a file is damaged, by where and with what. */
const TEXT_DAMAGE: Record<
  string,
  (lines: string[][], place: number, what: number) => void
> = {
  swapCells: (lines, place, what) => {
    const [a, b] = [cell(lines, place), cell(lines, what)];
    [a.row[a.at], b.row[b.at]] = [b.row[b.at] ?? "", a.row[a.at] ?? ""];
  },
  renameColumn: (lines, place, what) => {
    const header = lines[0] ?? [];
    header[place % header.length] = NAMES[what % NAMES.length] ?? "";
  },
  dropRow: (lines, place) => void lines.splice(place % lines.length, 1),
  repeatRow: (lines, place, what) =>
    void lines.splice(place % lines.length, 0, [
      ...lines[what % lines.length] ?? [],
    ]),
  cutRow: (lines, place, what) => {
    const row = lines[place % lines.length] ?? [];
    row.length = Math.min(row.length, 1 + what % 3);
  },
  breakQuote: (lines, place, what) => {
    const { row, at } = cell(lines, place);
    const text = row[at] ?? "";
    row[at] = `${text.slice(0, what % (text.length + 1))}"${text.slice(what % (text.length + 1))}`;
  },
  changeSeparator: (lines, place, what) => {
    const at = place % lines.length;
    lines[at] = [(lines[at] ?? []).join([";", "\t", "|", " "][what % 4])];
  },
  foreignCell: (lines, place, what) => {
    const { row, at } = cell(lines, place);
    row[at] = FOREIGN[what % FOREIGN.length] ?? "";
  },
};

const NAMES = ["status", "tz", "x", "", "start", "end", "store", "day", "weekday", "timestamp", "time utc", "State"];
const FOREIGN = [...[
  "01/02/2023 10:00",
  "2023-01-25",
  "AEST",
  "9.30",
  "8.41954E+18",
  "8",
  "Café",
  "NULL",
  "\ufeffa",
  "1001.0",
  "'a",
], ...[
  "2099-01-01 00:00 UTC",
  "1999-12-31T23:59Z",
  "a ",
  "48:00",
  "open",
  "2023-01-25 6:13 PM",
  "44951.5",
  "Mo",
  "ａ",
]];

function cell(lines: string[][], place: number): { row: string[]; at: number } {
  const row = lines[place % lines.length] ?? [];
  return {
    row,
    at: Math.floor(place / lines.length) % Math.max(row.length, 1),
  };
}

type ByteDamage = (
  bytes: Uint8Array,
  place: number,
  what: number,
) => Uint8Array;

/** How the bytes of a file are damaged. */
const BYTE_DAMAGE: Record<string, ByteDamage> = {
  changeByte: (bytes, place, what) => bytes.with(place % bytes.length, what % 256),
  changeDigit: (bytes, place, what) => {
    const digits = [...bytes.keys()].filter((at) => /\d/.test(String.fromCharCode(bytes[at] ?? 0)));
    const at = digits[place % Math.max(digits.length, 1)];
    return at === undefined ? bytes : bytes.with(at, 48 + what % 10);
  },
  insert: (bytes, place, what) => {
    const at = place % bytes.length;
    return Uint8Array.of(
      ...bytes.slice(0, at),
      ...MIXED[what % MIXED.length] ?? [],
      ...bytes.slice(at),
    );
  },
  cut: (bytes, place) => bytes.slice(0, 1 + place % bytes.length),
  gzip: (bytes) => gzip(bytes),
  cutGzip: (bytes, place) => {
    const packed = gzip(bytes);
    return packed.slice(0, packed.length - 1 - place % (packed.length - 3));
  },
  utf16: (bytes, place) => {
    const text = new TextDecoder().decode(bytes);
    return Uint8Array.of(
      0xff,
      0xfe,
      ...[...text].flatMap((
        each,
      ) => [each.charCodeAt(0) & 255, each.charCodeAt(0) >> 8]),
    )
      .slice(place % 2 === 0 ? 0 : 2);
  },
  carriageReturns: (bytes) => bytes.map((byte) => byte === 10 ? 13 : byte),
};

/** Bytes of several encodings, and those that end lines, cells and quotes. */
const MIXED = [[0xe9], [0xc3, 0xa9], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0], [10], [13], [34], [44], [59], [32], [0xa0]];

interface Damage {
  readonly text: readonly (readonly [string, number, number])[];
  readonly bytes: readonly (readonly [string, number, number])[];
}

const blows = (names: string[], maxLength: number) =>
  fc.array(
    fc.tuple(fc.constantFrom(...names), fc.nat(10_000), fc.nat(10_000)),
    { maxLength },
  );
const damage: fc.Arbitrary<Damage> = fc.oneof(
  { arbitrary: fc.constant({ text: [], bytes: [] }), weight: 6 },
  {
    arbitrary: fc.record({
      text: blows(Object.keys(TEXT_DAMAGE), 2),
      bytes: fc.constant([]),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      text: fc.constant([]),
      bytes: blows(Object.keys(BYTE_DAMAGE), 2),
    }),
    weight: 3,
  },
);

const file = ({ header, rows }: Kind) =>
  fc.tuple(rows, damage).map(([rows, { text, bytes }]) => {
    const lines = [[...header], ...rows.map((row) => [...row])];
    for (const [name, place, what] of text) {
      if (lines.length > 0) TEXT_DAMAGE[name]?.(lines, place, what);
    }
    const plain = new TextEncoder().encode(
      lines.map((line) => `${line.join(",")}\n`).join(""),
    );
    return bytes.reduce<Uint8Array>(
      (now, [name, place, what]) => now.length === 0 ? now : BYTE_DAMAGE[name]?.(now, place, what) ?? now,
      plain,
    );
  });

/** What the second reader makes of a file; `undefined` if the file gives no rows. */
function secondReading(bytes: Uint8Array): Reading | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    return readSecond(bytes, RULES.zones);
  }
  try {
    return secondReading(new Uint8Array(gunzipSync(bytes)));
  } catch {
    return undefined;
  }
}

/** Emptied row by row: to truncate them takes 25 ms, and deleting few rows takes 1 ms. */
const TABLES = [
  "reports",
  "rejects",
  "store_marks",
  "imports",
  "business_hours",
  "outages",
  "polls",
  "poll_months",
  "stores",
];

interface Loaded {
  readonly failed: boolean;
  readonly said: readonly string[];
}

async function load(
  { sql }: Fixture,
  folder: string,
  files: readonly Uint8Array[],
): Promise<Loaded> {
  for (const [at, bytes] of files.entries()) {
    await Deno.writeFile(join(folder, `${at}.csv`), bytes);
  }
  for (const table of TABLES) await sql`delete from ${sql(table)}`;
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const runtime = {
    signal: new AbortController().signal,
    print: say,
    tell: say,
  };
  const fault = await loadFiles(
    { sql, rules: RULES },
    { paths: [folder] },
    runtime,
  ).then(() => "", String);
  assert.match(
    fault,
    /^$|files? could not be loaded$|has no .csv/,
    "a load fails with a reason, never with a crash",
  );
  return { failed: fault !== "", said };
}

/** The rows of a report by store, and the stores that its marks name. */
async function reported(
  bench: Fixture,
): Promise<{ rows: Map<string, string>; marked: Set<string> }> {
  const { csv = "", report } = await bench.report({ precision: 6 });
  const rows = csv.trimEnd().split("\n").filter((row) => row !== "").map(
    (row) => {
      const [, store = "", rest = ""] = /^(.*)((?:,[\d.]+){6})$/.exec(row) ??
        [];
      return [
        store.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"'),
        rest.slice(1),
      ] as const;
    },
  );
  const marks = (report.warnings ?? []).filter(({ code }) => code.endsWith("_rejected"));
  return {
    rows: new Map(rows),
    marked: new Set(marks.flatMap(({ stores }) => stores)),
  };
}

Deno.test(`${RUNS} damaged folders give the report of what a second reader reads, or name the store, or fail`, async () => {
  await using bench = await openFixture();
  await using folder = await makeTempFolder();
  let compared = 0;
  const now = Date.now() * 1000;
  await fc.assert(
    fc.asyncProperty(fc.tuple(...KINDS.map(file)), async (files) => {
      const { failed, said } = await load(bench, folder.path, files);
      if (failed) return;
      const expected = classicRows(files.map(secondReading), now);
      if (expected === undefined) {
        return assert.deepEqual(await storedPolls(bench.sql), []);
      }
      const { rows, marked } = await reported(bench);
      for (const store of new Set([...rows.keys(), ...expected.keys()])) {
        if (marked.has(store)) continue;
        const context = () =>
          `${store}\n${files.map((bytes) => new TextDecoder().decode(bytes)).join("\n")}\n${said.join("\n")}`;
        assert.equal(rows.get(store), expected.get(store), context());
        compared++;
      }
    }),
    { numRuns: RUNS },
  );
  assert.ok(
    compared > RUNS / 2,
    `Only ${compared} rows were compared in ${RUNS} folders: the damage is too hard`,
  );
});
