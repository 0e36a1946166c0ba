import { eachMeasure, type Measure } from "../domain/measures/measures.ts";
import type { Result } from "../domain/measures/result.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import { formatInstantInFile } from "../domain/time/instant.ts";
import type { Micros } from "../domain/time/interval.ts";
import type { Window } from "../domain/time/window.ts";

/** A report's result and what its renderings take beside it. */
export interface ReportRows {
  readonly result: Result;
  /** The report's windows, in the order in which they were asked for. Of windows by calendar, the result says when they are. */
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
  const readers = windows.map((window) => ({
    window: window.name,
    endsOf: endsReader(result, window),
    measuresOf: measuresReader(result, window.name),
  }));
  for (const [index, storeId] of result.storeIds.entries()) {
    const timezone = timezones?.[index];
    const codes = [...marks?.[index]?.split(" ").filter((code) => code !== "") ?? [], ...warnings];
    for (const { window, endsOf, measuresOf } of readers) {
      yield { storeId, timezone, window, ...endsOf(index), measures: measuresOf(index), warnings: codes };
    }
  }
}

/** Few instants occur many times, so each is written once. */
function endsReader(result: Result, { name, start, end }: Window): (index: number) => Pick<Row, "from" | "to"> {
  const ends = result.ends(name);
  const written = new Map<Micros, string>();
  const text = (instant: Micros) => {
    const known = written.get(instant) ?? formatInstantInFile(instant);
    written.set(instant, known);
    return known;
  };
  return (index) => ({ from: text(ends?.from[index] ?? start), to: text(ends?.to[index] ?? end) });
}

function measuresReader(result: Result, window: WindowName): (index: number) => Row["measures"] {
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
