import type { Measure } from "../../domain/measures/measures.ts";
import type { StoreText, WindowEnds } from "../../domain/measures/result.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";

/** What is compared of a row: all but its warnings, which say what files brought, also later. */
export type ComparedColumn = Measure | keyof WindowEnds | Exclude<StoreText, "warnings">;

/** A value of a row that is not the same now. Undefined: the row is not there. */
export interface Difference {
  readonly storeId: string;
  readonly window: WindowName;
  readonly column: ComparedColumn;
  readonly then: number | string | undefined;
  readonly now: number | string | undefined;
}

/** What of a store may have changed since a report. */
export const STORE_CAUSES = ["polls", "calendars", "tags"] as const;
export type StoreCause = (typeof STORE_CAUSES)[number];

/** A store of which some rows differ. */
export interface StoreDifference {
  readonly storeId: string;
  /** Its row in the report; undefined if it had none. */
  readonly row: number | undefined;
  readonly because: Set<StoreCause>;
  /** The first of them. */
  readonly differences: readonly Difference[];
}

/** The order of ids in a report: that of their code points. */
export function byStoreId(a: { readonly storeId: string }, b: { readonly storeId: string }): number {
  const [first, second] = [[...a.storeId], [...b.storeId]];
  for (const [at, char] of first.entries()) {
    const apart = (char.codePointAt(0) ?? 0) - (second[at]?.codePointAt(0) ?? -1);
    if (apart !== 0) return apart;
  }
  return first.length - second.length;
}
