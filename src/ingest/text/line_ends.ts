/** A line ends with LF, CRLF, or CR alone. */
const LONE_RETURN = /\r(?!\n)/;
const LONE_RETURNS = /\r(?!\n)/g;

export function hasLoneReturn(text: string): boolean {
  return text.includes("\r") && LONE_RETURN.test(text);
}

export function countLineEnds(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return hasLoneReturn(text) ? lines + (text.match(LONE_RETURNS)?.length ?? 0) : lines;
}
