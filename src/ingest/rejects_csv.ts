import type { Reject } from "../db/imports/imports.ts";

/** Writes the rejected rows of a file as CSV (RFC 4180), a line at a time: file, line, column, value, reason. */
export async function* rejectsCsv(source: string, rejects: AsyncIterable<Reject>): AsyncGenerator<string> {
  yield "file,line,column,value,reason\n";
  for await (const { line, column, value, reason } of rejects) {
    yield `${[source, String(line), column ?? "", value ?? "", reason].map(csvField).join(",")}\n`;
  }
}

/** A spreadsheet would run a field that begins like a formula: an apostrophe before it keeps it text. */
function csvField(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
