import { eachMeasure, type Measure } from "../domain/measures/measures.ts";
import { partsOf, type Result } from "../domain/measures/result.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import { formatInstantInFile } from "../domain/time/instant.ts";
import type { Interval, Micros } from "../domain/time/interval.ts";
import type { Window } from "../domain/time/window.ts";
import { type Loss, lossOf } from "../domain/targets/money.ts";
import { budgetOf } from "../domain/targets/target.ts";
import { type Labels, labelsReader } from "./labels.ts";

/** A report's result and what its renderings take beside it. */
export interface ReportRows {
  readonly result: Result;
  /** The report's windows, in the order in which they were asked for. Of windows by calendar, the result says when they are. */
  readonly windows: readonly Window[];
  /** Digits after the decimal point of hours. */
  readonly precision: number;
  /** Codes of warnings about every row. */
  readonly warnings: readonly string[];
  /** The target of stores that have none of their own. */
  readonly targetPercent: string | undefined;
  /** The tags by which totals are grouped. */
  readonly groupBy: readonly string[];
}

/** One store and window. What the report does not know is undefined. */
export interface Row extends Labels {
  readonly storeId: string;
  readonly timezone: string | undefined;
  readonly window: string;
  /** When the window is. */
  readonly span: Interval;
  /** The same in words of ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly measures: Readonly<Record<Measure, Micros | undefined>>;
  /** How much more downtime the target allows, in microseconds. Below 0 if it is missed. */
  readonly budget: bigint | undefined;
  readonly loss: Loss | undefined;
  /** Codes of warnings about the store, and about every row. */
  readonly warnings: readonly string[];
}

/** The rows of a report: stores in the order of their ids, the windows of each as they were asked for. */
export function* rowsOf({ result, ...others }: ReportRows): Generator<Row> {
  for (const part of partsOf(result)) yield* rowsOfPart({ result: part, ...others });
}

function* rowsOfPart({ result, windows, warnings, targetPercent }: ReportRows): Generator<Row> {
  const labelsOf = labelsReader(result, targetPercent);
  const timezones = result.text("timezone");
  const marks = result.text("warnings");
  const readers = windows.map((window) => ({
    window: window.name,
    endsOf: endsReader(result, window),
    measuresOf: measuresReader(result, window.name),
  }));
  for (const [index, storeId] of result.storeIds.entries()) {
    const timezone = timezones?.[index];
    const labels = labelsOf(index);
    const codes = [...marks?.[index]?.split(" ").filter((code) => code !== "") ?? [], ...warnings];
    for (const { window, endsOf, measuresOf } of readers) {
      const measures = measuresOf(index);
      const judged = { budget: budgetIn(measures, labels), loss: lossIn(measures, labels) };
      yield { storeId, timezone, window, ...labels, ...endsOf(index), measures, ...judged, warnings: codes };
    }
  }
}

/** Undefined without a target. */
export function budgetIn({ scheduled, down }: Row["measures"], { targetPercent }: Labels): bigint | undefined {
  if (targetPercent === undefined || scheduled === undefined || down === undefined) return undefined;
  return budgetOf({ scheduled, down }, targetPercent);
}

/** Undefined without sales. */
export function lossIn({ down }: Row["measures"], { salesPerHour }: Labels): Loss | undefined {
  return salesPerHour === undefined || down === undefined ? undefined : lossOf(down, salesPerHour);
}

/** Few instants occur many times, so each is written once. */
function endsReader(
  result: Result,
  { name, start, end }: Window,
): (index: number) => Pick<Row, "span" | "from" | "to"> {
  const ends = result.ends(name);
  const written = new Map<Micros, string>();
  const text = (instant: Micros) => {
    const known = written.get(instant) ?? formatInstantInFile(instant);
    written.set(instant, known);
    return known;
  };
  return (index) => {
    const span = { start: ends?.from[index] ?? start, end: ends?.to[index] ?? end };
    return { span, from: text(span.start), to: text(span.end) };
  };
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
