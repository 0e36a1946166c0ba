import { count } from "../../domain/counted.ts";
import type { Warning } from "../../domain/warning.ts";

const STORES_SHOWN = 5;

/** A warning for people, with its first stores. */
export function warningLines({ message, storesTotal, stores }: Warning): string[] {
  const warning = `warning: ${message}`;
  return stores.length === 0 ? [warning] : [warning, `  ${storeLine(storesTotal, stores)}`];
}

/** `a, b, c, d, e, and 14,087 more` */
export function storeLine(total: number, stores: readonly string[]): string {
  const shown = stores.slice(0, STORES_SHOWN);
  return [...shown, ...total > shown.length ? [`and ${count(total - shown.length)} more`] : []].join(", ");
}
