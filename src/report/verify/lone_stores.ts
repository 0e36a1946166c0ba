import type { WindowName } from "../../domain/time/asked_window.ts";
import type { LoneStore } from "./comparison.ts";
import type { Difference, StoreCause } from "./difference.ts";
import type { Findings } from "./findings.ts";

/** On which side stores have a row, and what decides why the other side has none. */
export interface LoneFacts {
  readonly side: "then" | "now";
  /** The stores that have no row on the other side because the zone rules there do not know their zone. */
  readonly unplaced: ReadonlySet<string>;
  /** Whether other zone rules are in force now. */
  readonly hasOtherRules: boolean;
  /** Whether a store is missing on the other side because of the report's filter, and not because it is new or was removed. */
  isFiltered(storeId: string): boolean;
}

/** Notes stores that have a row on one side alone. */
export function noteLoneStores(findings: Findings, stores: readonly LoneStore[], facts: LoneFacts): void {
  for (const store of stores) {
    const because = new Set(causesOf(store, facts));
    for (const cause of because) findings.because.add(cause);
    const { storeId, row, result: { windows } } = store;
    const differences = windows.map((window) => loneRow(store, window, facts));
    findings.add({ storeId, row: facts.side === "then" ? row : undefined, because, differences }, windows.length);
  }
}

/** A new or removed store counts as a change of tags, which say which stores there are. Its polls came or went with it. */
function causesOf({ storeId, row, result }: LoneStore, facts: LoneFacts): StoreCause[] {
  if (facts.unplaced.has(storeId)) return facts.hasOtherRules ? [] : ["calendars"];
  if (facts.isFiltered(storeId)) return ["tags"];
  return (result.fingerprints?.pollsUsed[row] ?? 0) > 0 ? ["polls", "tags"] : ["tags"];
}

/** A row that is missing is one difference, in its first measure. */
function loneRow({ storeId, row, result }: LoneStore, window: WindowName, { side }: LoneFacts): Difference {
  const scheduled = result.column(window, "scheduled")?.[row];
  const [then, now] = side === "then" ? [scheduled, undefined] : [undefined, scheduled];
  return { storeId, window, column: "scheduled", then, now };
}
