import { Unreadable, type ValueKind } from "./value.ts";

const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;
const LINE_BREAKS = /[\r\n\t]+/g;

/** Words for people, of at most so many characters (code points). */
export function shortText(most: number): ValueKind<string> {
  const tooLong = new Unreadable("text_too_long", `is longer than ${most} characters: shorten it`);
  return {
    read(text) {
      const line = text.replaceAll(LINE_BREAKS, " ");
      // Two UTF-16 units make one character at the most: a text of megabytes is not worth counting.
      if (line.length > 2 * most || [...line].length > most) return tooLong;
      return UNPRINTABLE.test(line) ? NOT_PRINTABLE : line;
    },
  };
}

const NOT_PRINTABLE = new Unreadable("text_unprintable", "holds a character that cannot be printed: remove it");

export const REASON = shortText(500);
export const STORE_NAME = shortText(200);
export const TAG_VALUE = shortText(64);
