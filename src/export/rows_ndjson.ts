import { formatLoss } from "../domain/targets/money.ts";
import { exactNumber } from "./exact_number.ts";
import { measuresJson } from "./measures_json.ts";
import { inPieces, type ReportRows, type Row, rowsOf } from "./rows.ts";

/** Writes a report as lines of JSON, one per store and window, with exact microseconds, in pieces. */
export function rowsNdjson(rows: ReportRows): Generator<string> {
  return inPieces(rowsOf(rows).map((row) => `${JSON.stringify(rowJson(row))}\n`));
}

/** What the report does not know is null. */
function rowJson(row: Row) {
  const { storeId, timezone, window, from, to, measures, budget, loss, warnings } = row;
  return {
    store_id: storeId,
    name: row.name ?? null,
    timezone: timezone ?? null,
    window,
    from,
    to,
    ...measuresJson(measures),
    target_percent: exactNumber(row.targetPercent),
    budget_us: exactNumber(budget),
    sales_per_hour: exactNumber(row.salesPerHour),
    lost_sales: exactNumber(loss === undefined ? undefined : formatLoss(loss)),
    warnings,
    tags: row.tags,
  };
}
