/**
 * Looks at the first bytes of a stream: a network may deliver one byte at a time.
 *
 * @returns as many of them as there are, at most `length`; all bytes from the first one; and a way to give them up unread
 */
export async function startingWith(
  body: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ start: Uint8Array; whole: AsyncGenerator<Uint8Array>; cancel: () => Promise<void> }> {
  const iterator = body[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < length) {
    const next = await iterator.next();
    if (next.done) break;
    first.push(next.value);
    bytes += next.value.length;
  }
  const cancel = async () => void await iterator.return?.();
  return { start: startOf(first, length), whole: wholeOf(first, iterator), cancel };
}

function startOf(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const start: number[] = [];
  for (const chunk of chunks) start.push(...chunk.subarray(0, length - start.length));
  return Uint8Array.from(start);
}

async function* wholeOf(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
