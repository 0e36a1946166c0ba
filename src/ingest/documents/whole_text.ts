import { InputError } from "../faults/input_error.ts";
import { Decoder } from "../text/decode.ts";
import type { FileForm } from "../text/file_form.ts";
import { fromUtf16 } from "../text/utf16.ts";

/** A document is read into memory whole: 14,000 stores with their hours take 20 MiB, indented 51 MiB. */
const MOST_BYTES = 64 * 1_048_576;

/**
 * Reads the text of a document.
 *
 * @throws {InputError} if it is too long, or no text
 */
export async function wholeText(bytes: AsyncIterable<Uint8Array>, form: FileForm): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of fromUtf16(bytes, form)) {
    length += part.length;
    if (length > MOST_BYTES) {
      throw new InputError(`The file has more than ${MOST_BYTES / 1_048_576} MiB, unpacked: split it`);
    }
    parts.push(part);
  }
  const text = new Decoder(form).decode(joined(parts, length), { line: 1, offset: 0 });
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
