import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { readCsv } from "../../src/ingest/text/csv.ts";
import type { CsvRecord } from "../../src/ingest/text/csv_record.ts";
import { FileForm } from "../../src/ingest/text/file_form.ts";
import { InputError } from "../../src/ingest/faults/input_error.ts";
import { Notices } from "../../src/ingest/faults/notice.ts";
import { textBlocks } from "../../src/ingest/text/text_blocks.ts";
import { bodyOf } from "../support/csv_file.ts";

async function records(content: string | Uint8Array, piece?: number): Promise<CsvRecord[]> {
  const form = new FileForm(new Notices());
  return (await Array.fromAsync(readCsv(textBlocks(bodyOf(content, piece), form), form))).flat();
}

async function fields(content: string | Uint8Array): Promise<(readonly string[])[]> {
  return (await records(content)).map(({ fields }) => fields);
}

async function fails(content: string | Uint8Array, message: RegExp, piece?: number): Promise<void> {
  await assert.rejects(records(content, piece), (error) => error instanceof InputError && message.test(error.message));
}

Deno.test("R1: a field may be quoted, and hold commas, quotes and line ends then", async () => {
  assert.deepEqual(await fields('a,b\n"1,5","say ""hi"""\n"two\nlines",x\n'), [
    ["a", "b"],
    ["1,5", 'say "hi"'],
    ["two\nlines", "x"],
  ]);
});

Deno.test("R1: lines end with LF or CRLF, even in one file; the last one may lack its end", async () => {
  assert.deepEqual(await fields("a,b\r\n1,2\n3,4\r\n5,6"), [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]);
  assert.deepEqual(await fields('a,b\r\n"1",2\n3,4\r\n5,6'), [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]);
});

Deno.test("blank lines are no records", async () => {
  assert.deepEqual(await fields("\n\na,b\n\r\n  \n1,2\n\n"), [["a", "b"], ["1", "2"]]);
  assert.deepEqual(await fields('\n\na,b\n\r\n  \n"1",2\n\n""\n'), [["a", "b"], ["1", "2"]]);
});

Deno.test("a record tells the line on which it begins, past blank lines and line ends within quotes", async () => {
  const lines = (await records('a,b\n1,2\n\n"two\r\nlines\n",x\n\n3,4\n')).map(({ line }) => line);
  assert.deepEqual(lines, [1, 2, 4, 8]);
});

Deno.test("R1: a byte-order mark is not part of the first column, whether quotes follow or not", async () => {
  assert.deepEqual(await fields("\ufeffa,b\n"), [["a", "b"]]);
  assert.deepEqual(await fields('\ufeff"a",b\n'), [["a", "b"]]);
});

Deno.test("a stray quote spoils its own row only", async () => {
  assert.deepEqual(await fields('a,b\n5" pipe,x\n"y"z,1\n2,3\n'), [["a", "b"], ['5" pipe', "x"], ['"y"z', "1"], [
    "2",
    "3",
  ]]);
});

Deno.test("R10: a quote that is never closed fails the file, and does not swallow it into memory", async () => {
  await fails('a,b\n1,2\n"3,4\n5,6\n', /quote is not closed.*line 3/);
  await fails(`a,b\n"3,4\n${"5,6\n".repeat(1_000_000)}`, /quote is not closed.*line 2/);
});

Deno.test("a line of more than a megabyte fails the file", async () => {
  await fails("x".repeat(2_000_000), /longer than/);
  await fails(",".repeat(2_000_000), /longer than/, 1000);
});

Deno.test("a character that is cut in two by the network is whole again", async () => {
  for (const piece of [1, 2, 3]) assert.deepEqual((await records("é🍕,店\n", piece))[0]?.fields, ["é🍕", "店"]);
});

Deno.test("R10: a NUL fails the file, and the message says where", async () => {
  await fails("a,b\n1,\0\n", /Byte 7, in line 2,.*NUL/);
});

Deno.test("CR alone ends a line, but not within quotes", async () => {
  assert.deepEqual((await records("a,b\r1,2\r\r3,4")).map(({ line, fields }) => [line, ...fields]), [
    [1, "a", "b"],
    [2, "1", "2"],
    [4, "3", "4"],
  ]);
  assert.deepEqual((await records('a,b\r"1\r",2\r3,4\r')).map(({ line, fields }) => [line, ...fields]), [
    [1, "a", "b"],
    [2, "1\r", "2"],
    [4, "3", "4"],
  ]);
  const many = `a,b\r${"1,2\r".repeat(100_000)}`;
  for (const piece of [1_000, 65_536]) {
    const all = await records(many, piece);
    assert.deepEqual([all.length, all.at(-1)?.line], [100_001, 100_001]);
  }
});

Deno.test("a separator is what the header shows most often outside of quotes", async () => {
  for (const separator of [",", ";", "\t", "|"]) {
    assert.deepEqual(
      await fields(`a${separator}b${separator}c\n1${separator}2,;|${separator}3\n`.replace(",;|", "x")),
      [
        ["a", "b", "c"],
        ["1", "2x", "3"],
      ],
    );
    assert.deepEqual(await fields(`"a,;|"${separator}b${separator}c\n"1${separator}"${separator}"2"${separator} 3\n`), [
      ["a,;|", "b", "c"],
      [`1${separator}`, "2", " 3"],
    ]);
  }
  assert.deepEqual(await fields("a\n1;2\n"), [["a"], ["1;2"]]);
});

Deno.test("a first line sep= sets the separator, and a first line #TYPE is skipped", async () => {
  assert.deepEqual(await fields("sep=;\na,x;b\n1;2\n"), [["a,x", "b"], ["1", "2"]]);
  assert.deepEqual(await fields('"sep=|"\r\na|b\r\n1|2\r\n'), [["a", "b"], ["1", "2"]]);
  assert.deepEqual((await records('\n#TYPE System.Data.DataRow\n"a","b"\n"1","2"\n')).map(({ line }) => line), [3, 4]);
  assert.deepEqual(await fields("sep=\t\na\tb\n"), [["a", "b"]]);
  await fails("sep=:\na:b\n", /sets the separator ":", but it must be/);
  assert.deepEqual(await fields("a,b\nsep=;\n#TYPE x,1\n"), [["a", "b"], ["sep=;"], ["#TYPE x", "1"]]);
});

Deno.test("spaces around quotes do not count", async () => {
  assert.deepEqual(await fields('a,b,c\n "1,5" ,\t"2"  ,"3" \n'), [["a", "b", "c"], ["1,5", "2", "3"]]);
});

const field = fc.string({ unit: fc.constantFrom("a", "é", "🍕", " ", ",", '"', "\n", "\r\n"), maxLength: 6 });
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 12 });
const style = fc.record({
  end: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\ufeff"),
  quoteAll: fc.boolean(),
  lastEnd: fc.boolean(),
  piece: fc.integer({ min: 1, max: 40 }),
});

function quoted(text: string, always: boolean): string {
  return always || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

Deno.test("R1: whatever is written as RFC 4180 says is read back, however it is quoted, ended and cut", async () => {
  await fc.assert(
    fc.asyncProperty(table, style, async (rows, { end, mark, quoteAll, lastEnd, piece }) => {
      const lines = rows.map((row) => row.map((text) => quoted(text, quoteAll)).join(","));
      const text = mark + lines.join(end) + (lastEnd ? end : "");
      assert.deepEqual((await records(text, piece)).map(({ fields }) => fields), rows);
    }),
    { numRuns: 300 },
  );
});

Deno.test("a file is read the same with its first quote as without one", async () => {
  const plain = fc.array(fc.array(fc.constantFrom("a", "1 ", "", "é"), { minLength: 1, maxLength: 4 }), {
    maxLength: 12,
  });
  await fc.assert(fc.asyncProperty(plain, fc.constantFrom("\n", "\r\n"), async (rows, end) => {
    const text = rows.map((row) => row.join(",") + end).join("");
    const [, ...withQuote] = await records(`"x",y${end}${text}`);
    const [, ...without] = await records(`x,y${end}${text}`);
    assert.deepEqual(withQuote, without);
  }));
});

Deno.test("csv-parse reads the same", async () => {
  await fc.assert(
    fc.asyncProperty(table, style, async (rows, { end, mark, quoteAll, lastEnd, piece }) => {
      const lines = rows.map((row) => row.map((text) => quoted(text, quoteAll)).join(","));
      const text = mark + lines.join(end) + (lastEnd ? end : "");
      const expected: string[][] = parse(text, {
        bom: true,
        relax_column_count: true,
        record_delimiter: ["\r\n", "\n"],
        skip_empty_lines: true,
      });
      assert.deepEqual((await records(text, piece)).map(({ fields }) => fields), expected);
    }),
  );
});
