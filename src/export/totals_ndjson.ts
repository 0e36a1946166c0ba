import { exactNumber } from "./exact_number.ts";
import { measuresJson } from "./measures_json.ts";
import { inPieces, type ReportRows } from "./rows.ts";
import { type TotalRow, totalRows } from "./totals.ts";

/** Writes the totals of a report as lines of JSON, one per group and window, with exact microseconds, in pieces. */
export function totalsNdjson(rows: ReportRows): Generator<string> {
  return inPieces(totalRows(rows).values().map((total) => `${JSON.stringify(totalJson(total))}\n`));
}

/** What the report does not know is null. */
function totalJson({ group, window, stores, sums, targetPercent, budget, lostSales }: TotalRow) {
  return {
    group: group ?? "*",
    window,
    stores,
    ...measuresJson(sums),
    target_percent: exactNumber(targetPercent),
    budget_us: exactNumber(budget),
    lost_sales: exactNumber(lostSales),
  };
}
