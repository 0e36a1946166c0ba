import type { NoticeKind } from "../faults/notice.ts";

/** Why a text is not read as a value. */
export class Unreadable {
  /** The kind of fault, for programs. */
  readonly code: string;
  /** Reads on after the value, and ends in what to do: "has no time zone: write Z behind it". */
  readonly reason: string;

  constructor(code: string, reason: string) {
    this.code = code;
    this.reason = reason;
  }
}

/** Takes note of what reading a value changed or dropped. */
export type Note = (kind: NoticeKind) => void;

/** What a field must hold, and how it is read. */
export interface ValueKind<Value> {
  /** @param text without blanks around it */
  read(text: string, note: Note): Value | Unreadable;
}

/** A fault that a form gives away. Tables of them are tried from the top; the first that fits gives the reason. */
export interface FaultForm {
  readonly form: RegExp;
  readonly code: string;
  readonly reason: string;
}

/** The fault that a text has by the first form that fits. */
export function findFault(text: string, forms: readonly FaultForm[], otherwise: Unreadable): Unreadable {
  const found = forms.find(({ form }) => form.test(text));
  return found === undefined ? otherwise : new Unreadable(found.code, found.reason);
}

/** Longer texts are no value of any kind, and not worth the time that a regular expression may take. */
const LONGEST_TEXT = 200;

export function isTooLong(text: string): boolean {
  return text.length > LONGEST_TEXT;
}

export const TOO_LONG = new Unreadable(
  "too_long",
  `is longer than ${LONGEST_TEXT} characters: check the separators of the row`,
);

/** How databases, pandas and spreadsheets write a missing value. */
export const NO_VALUE = /^(?:null|none|nan|nat|nil|n\/a|#n\/a|na|undefined|\\n|-+)$/i;
