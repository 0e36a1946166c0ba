import type { JSX } from "hono/jsx/jsx-runtime";
import { reportAddress } from "../kit/links.ts";
import { count, counted } from "../kit/numbers.ts";
import { tagWords } from "../tags/asked_tags.ts";
import type { RowQuery, SortKey } from "./row_query.ts";

interface ShownRowsProps {
  readonly reportId: string;
  readonly query: RowQuery;
  /** Rows on this page, rows that match, rows of the report. */
  readonly shown: number;
  readonly found: number;
  readonly all: number;
}

/** Paper shows no filters and no other pages. So this says which rows these are, and where the others are. */
export function ShownRows({ reportId, query, shown, found, all }: ShownRowsProps): JSX.Element {
  const filters = filterWords(query);
  return (
    <p class="printed">
      {`${count(shown)} of ${counted(found, "row")}${filters === "" ? "" : ` with ${filters}`}, `}
      {`sorted by ${SORT_WORDS[query.sort]}, ${query.descending ? "largest first" : "smallest first"}. `}
      {shown < all && (
        <>
          {counted(all - shown, "row")} of the report {all - shown === 1 ? "is" : "are"} not shown. All rows are in{" "}
          <a href={`${reportAddress(reportId)}/report.csv`}>the report's CSV</a>.
        </>
      )}
    </p>
  );
}

const SORT_WORDS: Record<SortKey, string> = {
  store_id: "store id",
  share: "the week's uptime",
  observed: "the observed share of the week",
  uptime_last_hour: "minutes up in the hour",
  uptime_last_day: "hours up in the day",
  uptime_last_week: "hours up in the week",
  downtime_last_hour: "minutes down in the hour",
  downtime_last_day: "hours down in the day",
  downtime_last_week: "hours down in the week",
};

function filterWords({ q, zone, tags, min, max, observedMin, observedMax, silent, openNow }: RowQuery): string {
  return [
    q && `“${q}” in the name, id or tags`,
    tags.filter && tagWords(tags.filter),
    zone && `time zone ${zone}`,
    min !== undefined && `uptime at least ${min} %`,
    max !== undefined && `uptime below ${max} %`,
    observedMin !== undefined && `observed at least ${observedMin} %`,
    observedMax !== undefined && `observed below ${observedMax} %`,
    silent && "no data",
    openNow && "open when the data ended",
  ].filter((words) => words).join(", ");
}
