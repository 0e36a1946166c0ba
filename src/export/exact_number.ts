declare global {
  interface JSON {
    /** https://tc39.es/proposal-json-parse-with-source: TypeScript 6.0 does not know it yet. */
    rawJSON(text: string): object;
  }
}

/** A number for `JSON.stringify` that keeps all its digits: sums and sales may have more than a double. Without a number, it is null. */
export function exactNumber(digits: string | bigint | undefined): object | null {
  return digits === undefined ? null : JSON.rawJSON(String(digits));
}
