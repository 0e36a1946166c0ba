import type { JSX } from "hono/jsx/jsx-runtime";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { inWindow, theWindow, windowUnit } from "../../domain/time/window_words.ts";
import { csvAddress } from "../kit/links.ts";
import { count, counted } from "../kit/numbers.ts";
import { keyWords, tagWords } from "../tags/asked_tags.ts";
import { rowColumns } from "./row_columns.ts";
import type { RowQuery } from "./row_query.ts";

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
      {`sorted by ${sortWords(query)}, ${query.descending ? "largest first" : "smallest first"}. `}
      {shown < all && (
        <>
          {counted(all - shown, "row")} of the report {all - shown === 1 ? "is" : "are"} not shown. All rows are in{" "}
          <a href={csvAddress({ reportId, request: query })}>the report's CSV</a>.
        </>
      )}
    </p>
  );
}

function sortWords({ sort, windows }: RowQuery): string {
  const main = mainWindow(windows);
  if (sort === "store_id") return "store id";
  if (sort === "share") return main === "last_week" ? "the week's uptime" : `uptime ${inWindow(main)}`;
  if (sort === "observed") return `the observed share of ${main === "last_week" ? "the week" : theWindow(main)}`;
  const { main: first, others } = rowColumns(windows);
  const { window = main, label = "" } = [...first, ...others].find(({ key }) => key === sort) ?? {};
  const classic = classicWord(window);
  const time = classic === undefined ? inWindow(window) : `in the ${classic}`;
  return `${windowUnit(window).word} ${label} ${time}`;
}

/** `week` for `last_week` */
function classicWord(window: WindowName): string | undefined {
  return /^last_(hour|day|week)$/.exec(window)?.[1];
}

function filterWords(query: RowQuery): string {
  const { q, zone, tags, without, min, max, observedMin, observedMax, silent, openNow } = query;
  return [
    q && `“${q}” in the name, id or tags`,
    tags.filter && tagWords(tags.filter),
    ...without.map((key) => `no ${keyWords(key)}`),
    zone && `time zone ${zone}`,
    min !== undefined && `uptime at least ${min} %`,
    max !== undefined && `uptime below ${max} %`,
    observedMin !== undefined && `observed at least ${observedMin} %`,
    observedMax !== undefined && `observed below ${observedMax} %`,
    silent && "no data",
    openNow && "open when the data ended",
  ].filter((words) => words).join(", ");
}
