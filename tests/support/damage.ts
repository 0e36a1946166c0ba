/** What happens to a table on its way into a file: cells change, the form of the file, and single bytes. */
import fc from "fast-check";
import { utf16 } from "./encodings.ts";

function seldom<Item>(items: fc.Arbitrary<Item[]>): fc.Arbitrary<Item[]> {
  return fc.oneof({ arbitrary: fc.constant<Item[]>([]), weight: 2 }, {
    arbitrary: items,
    weight: 1,
  });
}

export const damage = fc.record({
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

export const style = fc.record({
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

export function damaged(
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

export function bytesOf(
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
