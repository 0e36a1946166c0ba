/** The numbers of a report's CSV, in its order. */
export const MEASURES = [
  "uptime_last_hour",
  "uptime_last_day",
  "uptime_last_week",
  "downtime_last_hour",
  "downtime_last_day",
  "downtime_last_week",
] as const;

export type Measure = (typeof MEASURES)[number];

/** A report's rows as columns, in the order of the file: a hundred and forty thousand of them take 12 MB. */
export interface ReportRows {
  readonly ids: readonly string[];
  readonly measures: Readonly<Record<Measure, Float64Array>>;
  /** Uptime's share of the week, 0 to 1; NaN where nothing was judged. */
  readonly share: Float64Array;
}

/** Reads the CSV that `csvRow` wrote. */
export function parseReport(csv: string): ReportRows {
  const ids: string[] = [];
  const columns = MEASURES.map((): number[] => []);
  for (let from = csv.indexOf("\n") + 1; from > 0 && from < csv.length;) {
    const { id, end } = readId(csv, from);
    const newline = csv.indexOf("\n", end);
    const numbers = csv.slice(end + 1, newline).split(",");
    ids.push(id);
    for (let index = 0; index < columns.length; index++) columns[index]?.push(Number(numbers[index]));
    from = newline + 1;
  }
  const column = (name: Measure) => Float64Array.from(columns[MEASURES.indexOf(name)] ?? []);
  const measures = {
    uptime_last_hour: column("uptime_last_hour"),
    uptime_last_day: column("uptime_last_day"),
    uptime_last_week: column("uptime_last_week"),
    downtime_last_hour: column("downtime_last_hour"),
    downtime_last_day: column("downtime_last_day"),
    downtime_last_week: column("downtime_last_week"),
  };
  return { ids, measures, share: shares(measures.uptime_last_week, measures.downtime_last_week) };
}

/** An id in quotes may have commas and, doubled, quotes in it. */
function readId(csv: string, from: number): { id: string; end: number } {
  if (csv[from] !== '"') {
    const end = csv.indexOf(",", from);
    return { id: csv.slice(from, end), end };
  }
  let close = csv.indexOf('"', from + 1);
  while (csv[close + 1] === '"') close = csv.indexOf('"', close + 2);
  return { id: csv.slice(from + 1, close).replaceAll('""', '"'), end: close + 1 };
}

function shares(up: Float64Array, down: Float64Array): Float64Array {
  return up.map((hours, index) => hours / (hours + (down[index] ?? 0)));
}
