import assert from "node:assert/strict";
import { InputError } from "../../src/ingest/faults/input_error.ts";
import { unpackFile } from "../../src/ingest/text/unpack.ts";
import { bodyOf, gzip } from "../support/csv_file.ts";

async function unpacked(content: string | Uint8Array, piece?: number): Promise<string> {
  return (await new Response(ReadableStream.from(unpackFile(bodyOf(content, piece)))).text());
}

async function fails(content: Uint8Array, message: RegExp): Promise<void> {
  for (const piece of [1, 1000]) {
    await assert.rejects(
      unpacked(content, piece),
      (error) => error instanceof InputError && message.test(error.message),
    );
  }
}

Deno.test("plain text passes through, down to a single byte", async () => {
  for (const text of ["", "a", "store_id\n"]) assert.equal(await unpacked(text, 1), text);
});

Deno.test("R1: the first bytes show gzip, even if they come one by one", async () => {
  for (const piece of [1, 2, 1000]) assert.equal(await unpacked(gzip("store_id\n"), piece), "store_id\n");
});

Deno.test("R1: a gzip file of several members is read to its end", async () => {
  assert.equal(await unpacked(new Uint8Array([...gzip("a\n"), ...gzip("b\n")])), "a\nb\n");
});

Deno.test("R10: a gzip file that is cut off fails", async () => {
  const whole = gzip("store_id,status\n".repeat(1000));
  await fails(whole.subarray(0, whole.length - 12), /cut off/);
  await fails(whole.subarray(0, whole.length - 4), /cut off/);
  await fails(whole.subarray(0, 5), /cut off/);
});

Deno.test("R10: a damaged gzip file fails", async () => {
  const whole = gzip("store_id,status\n".repeat(1000));
  await fails(new Uint8Array([...whole.subarray(0, 20), 255, 255, 255, ...whole.subarray(23)]), /damaged/);
  await fails(new Uint8Array([...whole.subarray(0, -8), 0, 0, 0, 0, 0, 0, 0, 0]), /damaged/);
});

Deno.test("an error of the body is passed on as it is", async () => {
  const broken = ReadableStream.from(async function* () {
    yield await Promise.resolve(gzip("a").subarray(0, 12));
    throw new TypeError("connection reset");
  }());
  await assert.rejects(Array.fromAsync(unpackFile(broken)), TypeError);
});

Deno.test("what is packed otherwise fails by name, also within gzip", async () => {
  const starts: [number[], RegExp][] = [
    [[0x50, 0x4b, 3, 4, 20, 0], /ZIP archive, or an Excel workbook/],
    [[0xd0, 0xcf, 0x11, 0xe0, 0xa1], /old Excel workbook/],
    [[0x42, 0x5a, 0x68, 0x39, 0x31], /bzip2/],
    [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /packed with xz/],
    [[0x28, 0xb5, 0x2f, 0xfd, 4], /zstd/],
    [[0x37, 0x7a, 0xbc, 0xaf, 0x27], /7-Zip/],
    [[0x1f, 0x9d, 0x90, 0x61], /compress/],
    [[0x78, 0x9c, 0x4b, 4], /zlib/],
    [[0x50, 0x41, 0x52, 0x31], /Parquet/],
  ];
  for (const [start, message] of starts) {
    await fails(Uint8Array.from([...start, ...new Array(50).fill(7)]), message);
    await fails(gzip(Uint8Array.from([...start, 7])), message);
  }
  await fails(gzip(gzip("a")), /gzip twice/);
});
