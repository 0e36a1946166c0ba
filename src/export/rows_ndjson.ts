import { formatLoss } from "../domain/targets/money.ts";
import { exactNumber } from "./exact_number.ts";
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
    scheduled_us: measures.scheduled ?? null,
    excluded_us: measures.excluded ?? null,
    up_us: measures.up ?? null,
    down_us: measures.down ?? null,
    unknown_us: measures.unknown ?? null,
    observed_us: measures.observed ?? null,
    up_low_us: measures.up_low ?? null,
    up_high_us: measures.up_high ?? null,
    outages: measures.outages ?? null,
    longest_outage_us: measures.longest_outage ?? null,
    target_percent: exactNumber(row.targetPercent),
    budget_us: exactNumber(budget),
    sales_per_hour: exactNumber(row.salesPerHour),
    lost_sales: exactNumber(loss === undefined ? undefined : formatLoss(loss)),
    warnings,
    tags: row.tags,
  };
}
