import { NO_VALUE, Unreadable, type ValueKind } from "./value.ts";

const STATUSES: ReadonlyMap<string, boolean> = new Map([
  ["active", true],
  ["up", true],
  ["online", true],
  ["inactive", false],
  ["down", false],
  ["offline", false],
]);

const WORDS = "write active or inactive (up or down, online or offline)";

/** Whether the store is active. */
export const STATUS: ValueKind<boolean> = {
  read(text) {
    if (text === "active") return true;
    return STATUSES.get(text.toLowerCase()) ?? faultOf(text);
  },
};

function faultOf(text: string): Unreadable {
  if (text === "") return new Unreadable("status_empty", `is empty: ${WORDS}`);
  if (NO_VALUE.test(text)) {
    return new Unreadable("status_missing", `says that there is no value: ${WORDS}, or leave the row out`);
  }
  if (/^(?:open|opened|closed?)$/i.test(text)) {
    return new Unreadable("status_of_hours", `may mean business hours: ${WORDS}`);
  }
  if (/^(?:true|false|yes|no|y|n|t|f|0|1|1\.0|0\.0)$/i.test(text)) {
    return new Unreadable("status_boolean", `does not say what it answers: ${WORDS}`);
  }
  return new Unreadable("status_unknown", `is neither active nor inactive: ${WORDS}`);
}
