import type { FileForm } from "./file_form.ts";
import { InputError } from "../faults/input_error.ts";
import { startingWith } from "./starting_with.ts";

/** Enough to see two characters: those of a header, even in quotes, are ASCII at first. */
const LOOK = 4;

type ByteOrder = "utf-16le" | "utf-16be";

/**
 * Turns UTF-16 into UTF-8 and passes on what is not UTF-16. A mark, or a zero in every other byte, shows UTF-16.
 *
 * @throws {InputError} if UTF-16 is cut off, or not well-formed, saying where
 */
export async function* fromUtf16(bytes: AsyncIterable<Uint8Array>, form: FileForm): AsyncGenerator<Uint8Array> {
  const { start, whole } = await startingWith(bytes, LOOK);
  const order = byteOrder(start);
  if (order === undefined) yield* whole;
  else {
    form.encoding = "UTF-16";
    yield* transcoded(whole, order);
  }
}

function byteOrder([a = 1, b = 1, c = 1, d = 1]: Uint8Array): ByteOrder | undefined {
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return "utf-16le";
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? "utf-16be" : undefined;
}

async function* transcoded(bytes: AsyncIterable<Uint8Array>, order: ByteOrder): AsyncGenerator<Uint8Array> {
  // The mark stays, as one of UTF-8: offsets count it.
  const decoder = new TextDecoder(order, { ignoreBOM: true });
  const encoder = new TextEncoder();
  let units = 0;
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    refuseBad(text, units);
    units += text.length;
    yield encoder.encode(text);
  }
  refuseBad(decoder.decode(), units);
}

/** The decoder writes U+FFFD for bytes that it cannot decode. */
function refuseBad(text: string, unitsBefore: number): void {
  const bad = text.search(/[\0\ufffd]/);
  if (bad === -1) return;
  const place = `Byte ${2 * (unitsBefore + bad) + 1}`;
  throw new InputError(
    text[bad] === "\0"
      ? `${place} begins a NUL: this is not a text file`
      : `${place} begins half a character of UTF-16, whose other half is missing. Save the file again, as UTF-8`,
  );
}
