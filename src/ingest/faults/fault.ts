/** What is wrong with a row or a poll: the first column that cannot be read, if it is a column. */
export interface Fault {
  /** The kind of fault, for programs: rejects are counted by it. */
  readonly code: string;
  readonly column: string | undefined;
  readonly value: string | undefined;
  /** Reads on after the value: "is neither active nor inactive". */
  readonly reason: string;
}

const LONGEST_VALUE = 200;

/** A value as it can be shown and stored: at most 200 characters, a NUL made visible. */
export function shown(value: string): string {
  const start = [...value.slice(0, 2 * LONGEST_VALUE + 2)];
  const short = start.length > LONGEST_VALUE ? `${start.slice(0, LONGEST_VALUE).join("")}…` : value;
  return short.toWellFormed().replaceAll("\0", "␀");
}
