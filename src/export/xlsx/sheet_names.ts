/** Characters (UTF-16 units) that a sheet's name may have. */
const LONGEST = 31;

/** Excel keeps this one for itself. */
const RESERVED = "history";

/**
 * Names that Excel allows for sheets: without `[]:*?/\` and an apostrophe at either end, not longer than 31 characters, and each there once,
 * whatever its case.
 *
 * @example sheetNames(["2026-10-01/2026-10-15"]) // ["2026-10-01 – 2026-10-15"]
 */
export function sheetNames(titles: readonly string[]): string[] {
  const taken = new Set([RESERVED]);
  return titles.map((title) => {
    const clean = cleanName(title);
    let name = shortened(clean, "");
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = shortened(clean, ` (${copy})`);
    taken.add(name.toLowerCase());
    return name;
  });
}

/** Between dates, midnight goes without saying. */
const MIDNIGHT = /(?<=\d{4}-\d\d-\d\d)T00:00(?::00)?Z/g;

function cleanName(title: string): string {
  const clean = title.toWellFormed().replaceAll(MIDNIGHT, "").replaceAll("/", " – ")
    .replaceAll(/[\p{Cc}\uFFFD\uFFFE\uFFFF[\]:*?\\]/gu, "-").replaceAll(/^'|'$/g, "-");
  return clean === "" ? "-" : clean;
}

/** The end says what a window is compared with, so the middle is left out. */
function shortened(name: string, end: string): string {
  const room = LONGEST - end.length;
  if (name.length <= room) return name + end;
  const tail = name.slice(-TAIL);
  return `${name.slice(0, room - TAIL - 1).trimEnd()}…${tail}${end}`.replaceAll(HALF, "-");
}

/** Characters of the end that stay. */
const TAIL = 9;

/** Half of a character that was cut. */
const HALF = /\p{Cs}/gu;
