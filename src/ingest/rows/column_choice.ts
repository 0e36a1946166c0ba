import type { NoticeKind } from "../faults/notice.ts";

const LONGEST_NAME = 40;

/** A column's name in a message. */
export function quotedName(name: string): string {
  return JSON.stringify(name.slice(0, LONGEST_NAME));
}

/** Says which of several names was read. */
export function passedOver(best: string, others: readonly string[]): NoticeKind {
  const message = `Several columns have one meaning: ${quotedName(best)} was read, not ${
    others.map(quotedName).join(", ")
  }`;
  return { code: "column_passed_over", message };
}
