import { Unreadable, type ValueKind } from "./value.ts";

const LONGEST = 64;
const USUAL = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;
/** `8.41954E+18`, with the decimal point or comma of the spreadsheet's language; `8.41954E18`, as Java and Spark write it. */
const SCIENTIFIC = /^\d(?:(?:[.,]\d+)?E\+\d+|[.,]\d+E\d+)$/i;
const WHOLE_WITH_POINT = /^(\d+)\.0$/;

const APOSTROPHE_DROPPED = {
  code: "id_apostrophe_dropped",
  message: "An apostrophe before a store id was dropped: spreadsheets put it there to keep the id as text",
};
const POINT_ZERO_DROPPED = {
  code: "id_point_zero_dropped",
  message: 'The ".0" behind a store id was dropped: a program had read the ids as numbers',
};

/**
 * 1 to 64 printable characters (code points), not beginning with what a spreadsheet runs as a formula. What spreadsheets do to
 * ids is undone where that is possible, and refused where it is not.
 */
export const STORE_ID: ValueKind<string> = {
  read(text, note) {
    if (USUAL.test(text)) return text;
    const bare = text.startsWith("'") ? text.slice(1).trim() : text;
    const id = WHOLE_WITH_POINT.exec(bare)?.[1] ?? bare;
    const fault = faultOf(id);
    if (fault !== undefined) return fault;
    if (bare !== text) note(APOSTROPHE_DROPPED);
    if (id !== bare) note(POINT_ZERO_DROPPED);
    return id;
  },
};

function faultOf(id: string): Unreadable | undefined {
  if (id === "") return new Unreadable("id_empty", "is empty: each row needs the id of its store");
  // Two UTF-16 units make one character at the most: a text of megabytes is not worth counting.
  if (id.length > 2 * LONGEST || [...id].length > LONGEST) {
    return new Unreadable("id_too_long", `is longer than ${LONGEST} characters`);
  }
  if (/^[=+@-]/.test(id)) {
    return new Unreadable("id_formula", `begins with "${id[0]}", which a spreadsheet would run as a formula`);
  }
  if (SCIENTIFIC.test(id)) return ROUNDED;
  if (id === "." || id === "..") return new Unreadable("id_dots", "cannot be part of an address: rename the store");
  return UNPRINTABLE.test(id)
    ? new Unreadable("id_unprintable", "holds a character that cannot be printed: remove it")
    : undefined;
}

const ROUNDED = new Unreadable(
  "id_rounded",
  "is a number that a spreadsheet has rounded, so that several stores share it: export the file again, and do not open it " +
    "in a spreadsheet, or format the column as text before",
);
