const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text in XML: in an element or between double quotes. */
export function xmlText(text: string): string {
  return /[&<>"]/.test(text) ? text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign) : text;
}

/** Characters that XML cannot have, and texts that look like their escape. */
// deno-lint-ignore no-control-regex -- these are what is looked for
const ESCAPED = /[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** A text of a cell: what XML cannot have is written as `_x001F_`, as ECMA-376 says (22.9.2.19 ST_Xstring). */
export function cellText(text: string): string {
  return xmlText(text.toWellFormed().replaceAll(ESCAPED, escaped));
}

function escaped(sign: string): string {
  return `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}
