/** First bytes of UTF-8 beyond ASCII, by how many bytes follow, and which second byte they may have (RFC 3629, section 4). */
const FIRST_BYTES = [
  { from: 0xc2, to: 0xdf, more: 1, second: [0x80, 0xbf] },
  { from: 0xe0, to: 0xe0, more: 2, second: [0xa0, 0xbf] },
  { from: 0xe1, to: 0xec, more: 2, second: [0x80, 0xbf] },
  { from: 0xed, to: 0xed, more: 2, second: [0x80, 0x9f] },
  { from: 0xee, to: 0xef, more: 2, second: [0x80, 0xbf] },
  { from: 0xf0, to: 0xf0, more: 3, second: [0x90, 0xbf] },
  { from: 0xf1, to: 0xf3, more: 3, second: [0x80, 0xbf] },
  { from: 0xf4, to: 0xf4, more: 3, second: [0x80, 0x8f] },
] as const;

/** The length of the well-formed sequence of UTF-8 that begins at a byte beyond ASCII; 0 if no such sequence begins there. */
export function utf8Sequence(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  const form = FIRST_BYTES.find(({ from, to }) => from <= first && first <= to);
  if (form === undefined) return 0;
  const [low, high] = form.second;
  const second = bytes[index + 1] ?? 0;
  if (second < low || second > high) return 0;
  for (let place = index + 2; place <= index + form.more; place++) {
    if (((bytes[place] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return form.more + 1;
}
