import { eachMeasure, type Measure } from "../domain/measures/measures.ts";
import type { Result } from "../domain/measures/result.ts";
import { formatInstantInFile } from "../domain/time/instant.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { Window } from "../domain/time/window.ts";

/** A report's result and what its renderings take beside it. */
export interface ReportRows {
  readonly result: Result;
  /** The report's windows, in the order in which they were asked for. */
  readonly windows: readonly Window[];
  /** Digits after the decimal point of hours. */
  readonly precision: number;
  /** Codes of warnings about every row. */
  readonly warnings: readonly string[];
}

/** One store and window. What the report does not know is undefined. */
export interface Row {
  readonly storeId: string;
  readonly timezone: string | undefined;
  readonly window: string;
  readonly from: string;
  readonly to: string;
  readonly measures: Readonly<Record<Measure, Micros | undefined>>;
  /** Codes of warnings about the store, and about every row. */
  readonly warnings: readonly string[];
}

/** The rows of a report: stores in the order of their ids, the windows of each as they were asked for. */
export function* rowsOf({ result, windows, warnings }: ReportRows): Generator<Row> {
  const timezones = result.text("timezone");
  const marks = result.text("warnings");
  const ends = windows.map(({ name, start, end }) => ({
    window: name,
    from: formatInstantInFile(start),
    to: formatInstantInFile(end),
    measuresOf: measuresReader(result, name),
  }));
  for (const [index, storeId] of result.storeIds.entries()) {
    const timezone = timezones?.[index];
    const codes = [...marks?.[index]?.split(" ").filter((code) => code !== "") ?? [], ...warnings];
    for (const { measuresOf, ...end } of ends) {
      yield { storeId, timezone, ...end, measures: measuresOf(index), warnings: codes };
    }
  }
}

function measuresReader(result: Result, window: Window["name"]): (index: number) => Row["measures"] {
  const columns = eachMeasure((measure) => result.column(window, measure));
  return (index) => eachMeasure((measure) => columns[measure]?.[index]);
}

/** Text in pieces of some rows, so that a large report is sent as it is made. */
export function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

/** Characters. */
const PIECE = 32_768;
