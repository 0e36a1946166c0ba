import { Problem } from "./problem.ts";

/** Characters. A poll has about a hundred. */
const LONGEST_LINE = 65_536;

/**
 * Cuts a body into its lines, those that came together at a time.
 *
 * @throws {Problem} if it is not UTF-8, or if a line is so long that this cannot be lines
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decode(decoder, chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield lines;
    if (rest.length > LONGEST_LINE) throw new Problem("body-too-large", `A line may have ${LONGEST_LINE} characters`);
  }
  rest += decode(decoder);
  if (rest !== "") yield [rest];
}

/** Decodes what has come so far; without a chunk, what is left at the end. @throws {Problem} if it is not UTF-8 */
export function decode(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch (cause) {
    throw new Problem("malformed-body", "The body is not UTF-8", { cause });
  }
}
