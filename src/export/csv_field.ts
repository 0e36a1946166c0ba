/** Quotes a field where RFC 4180 says so. */
export function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/**
 * A field of text. A spreadsheet would run one that begins like a formula: an apostrophe before it keeps it text. A time zone such as
 * `+05:30` is no formula, and stays as programs expect it.
 */
export function textField(text: string): string {
  return quoted(/^[=+\-@\t\r]/.test(text) && !/^[+-]\d\d:\d\d$/.test(text) ? `'${text}` : text);
}
