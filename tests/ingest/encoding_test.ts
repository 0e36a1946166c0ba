import assert from "node:assert/strict";
import fc from "fast-check";
import { FileForm } from "../../src/ingest/text/file_form.ts";
import { InputError } from "../../src/ingest/faults/input_error.ts";
import { Notices } from "../../src/ingest/faults/notice.ts";
import { textBlocks } from "../../src/ingest/text/text_blocks.ts";
import { bodyOf } from "../support/csv_file.ts";
import { utf16 } from "../support/encodings.ts";

async function decoded(content: Uint8Array, piece?: number) {
  const notices = new Notices();
  const form = new FileForm(notices);
  const blocks = await Array.fromAsync(textBlocks(bodyOf(content, piece), form));
  return {
    text: blocks.map(({ text }) => text).join(""),
    encoding: form.encoding,
    notices: notices.list().map(({ code, count, firstLine }) => `${code} ${count} ${firstLine}`),
  };
}

async function fails(content: Uint8Array, message: RegExp): Promise<void> {
  for (const piece of [1, 7, 65_536]) {
    await assert.rejects(
      decoded(content, piece),
      (error) => error instanceof InputError && message.test(error.message),
      String(message),
    );
  }
}

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("UTF-16 is read with or without a mark, in either byte order, however it is cut", async () => {
  const text = "store_id,status\r\nCafé 店 🍕,active\r\n";
  for (const order of ["little", "big"] as const) {
    for (const mark of [true, false]) {
      for (const piece of [1, 3, 65_536]) {
        assert.deepEqual(await decoded(utf16(text, { order, mark }), piece), { text, encoding: "UTF-16", notices: [] });
      }
    }
  }
});

Deno.test("UTF-16 that is cut off, or has half a character, fails with its place", async () => {
  const whole = utf16("store_id\n", { order: "little", mark: true });
  await fails(whole.subarray(0, -1), /Byte 19 .*UTF-16/);
  await fails(Uint8Array.of(...whole, 0x00, 0xd8, 0x41, 0), /Byte 21 .*UTF-16/);
  await fails(Uint8Array.of(...whole, 0, 0), /Byte 21 begins a NUL/);
});

Deno.test("bytes that are not UTF-8 are Windows-1252, with a notice, if nothing in the file speaks against it", async () => {
  assert.deepEqual(await decoded(latin("a,b\nCaf\xe9,\x80 5\n")), {
    text: "a,b\nCafé,€ 5\n",
    encoding: "Windows-1252",
    notices: ["windows_1252 1 2"],
  });
  const late = latin(`a,b\n${"1,2\n".repeat(50_000)}Z\xfcrich,x\n`);
  const { text, notices } = await decoded(late);
  assert.ok(text.endsWith("Zürich,x\n"));
  assert.deepEqual(notices, ["windows_1252 1 50002"]);
});

Deno.test("a file that is neither UTF-8 nor Windows-1252 fails with the offset of its first strange byte", async () => {
  // UTF-8 before, UTF-8 after, and a byte that Windows-1252 does not have.
  await fails(Uint8Array.of(...utf8("é\nx"), 0xe9, 10), /^Byte 5, in line 2, is not UTF-8/);
  await fails(
    Uint8Array.of(...latin("a\xe9,b\n"), ...utf8("é\n")),
    /^Byte 2, in line 1, is not UTF-8.*Byte 6, in line 2, begins a character of UTF-8/,
  );
  for (const byte of [0x81, 0x8d, 0x8f, 0x90, 0x9d]) {
    await fails(
      Uint8Array.of(65, 10, 0xe9, 10, byte, 10),
      /^Byte 3, in line 2, .*Byte 5, in line 3, \([89][0-9DF]\) is not Windows-1252/,
    );
  }
  await fails(Uint8Array.of(...utf8("\ufeffa\n"), 0xe9), /^Byte 6, in line 2, is not UTF-8/);
});

Deno.test("a file is read as the rule for encodings says, wherever blocks end", async () => {
  const byte = fc.oneof(
    { arbitrary: fc.constantFrom(0x41, 0x0a, 0x2c), weight: 4 },
    { arbitrary: fc.constantFrom(0xe9, 0x80, 0xc3, 0xa9, 0xfc, 0x81, 0xbf, 0xf0), weight: 1 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(byte, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), async (bytes, piece) => {
      const content = Uint8Array.from([0x41, 0x2c, ...bytes]);
      const expected = byTheRule(content);
      const found = await decoded(content, piece).catch((error) =>
        error instanceof InputError ? undefined : Promise.reject(error)
      );
      assert.equal(found?.text, expected);
    }),
    { numRuns: 2_000 },
  );
});

/** A second reading of the rule, of the whole file at once. */
function byTheRule(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    const bytes = [...content];
    const binary = String.fromCharCode(...bytes);
    const hasUtf8 =
      /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}/
        .test(binary);
    if (hasUtf8 || /[\x81\x8d\x8f\x90\x9d]/.test(binary)) return undefined;
    return new TextDecoder("windows-1252").decode(content);
  }
}
