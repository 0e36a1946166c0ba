import { subset } from "../../domain/measures/subset.ts";
import type { Result } from "../../domain/measures/result.ts";
import { type ReportView, viewOf } from "./report_cache.ts";

/** What a report says of some stores alone. Stores that the report does not have are left out. */
export function ofStores({ rows, closedStores }: ReportView, storeIds: ReadonlySet<string>): ReportView {
  const { result } = rows;
  return viewOf({ ...rows, result: subset(result, placesOf(result, storeIds)) }, closedStores);
}

function placesOf(result: Result, storeIds: ReadonlySet<string>): Uint32Array {
  return Uint32Array.from(result.storeIds.keys().filter((place) => storeIds.has(result.storeIds[place] ?? "")));
}
