import { count } from "../domain/counted.ts";
import type { Warning } from "../domain/warning.ts";

const STORES_SHOWN = 5;

/** A warning for people, and the first stores that it is about. */
export function warningLines({ message, storesTotal, stores }: Warning): string[] {
  if (stores.length === 0) return [`warning: ${message}.`];
  const shown = stores.slice(0, STORES_SHOWN);
  const more = storesTotal > shown.length ? `, and ${count(storesTotal - shown.length)} more` : "";
  return [`warning: ${message}.`, `  ${shown.join(", ")}${more}`];
}
