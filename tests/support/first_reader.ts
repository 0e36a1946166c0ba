/** The reader of `src`, and what it reads as text, to compare with a second reader. */
import { HOUR } from "../../src/domain/time/interval.ts";
import type { StagedOpening } from "../../src/db/stores/stage_hours.ts";
import { type Columns, fits } from "../../src/ingest/rows/columns.ts";
import type { Fault } from "../../src/ingest/faults/fault.ts";
import { FileForm } from "../../src/ingest/text/file_form.ts";
import { readHeader, readTable } from "../../src/ingest/rows/header.ts";
import { InputError } from "../../src/ingest/faults/input_error.ts";
import { Notices } from "../../src/ingest/faults/notice.ts";
import { hoursReader, isFault, pollReader, type RowReader, timezoneReader } from "../../src/ingest/rows/row_readers.ts";
import { Weekdays } from "../../src/ingest/values/weekday.ts";
import { timeOfDay } from "./build.ts";
import { bodyOf } from "./csv_file.ts";
import { RULES } from "./rules.ts";
import type { Reading } from "./second_reader/second_reader.ts";

/** @returns `undefined` if the file as a whole fails */
export async function readFirst(
  bytes: Uint8Array,
  piece: number,
): Promise<Reading | undefined> {
  const notices = new Notices();
  try {
    const batches = readTable(bodyOf(bytes, piece), new FileForm(notices));
    const { columns, first } = await readHeader(batches, {});
    const { kind } = columns;
    // The second reader knows these alone.
    if (kind !== "polls" && kind !== "hours" && kind !== "timezones") return undefined;
    const read = readerOf(columns, notices);
    const reading = {
      kind,
      good: [] as string[],
      bad: [] as number[],
    };
    for (
      const { line, fields } of [
        ...first,
        ...(await Array.fromAsync(batches)).flat(),
      ]
    ) {
      const row = fits(fields, columns) ? read(fields, line) : undefined;
      if (row === undefined || typeof row !== "string") reading.bad.push(line);
      else reading.good.push(row);
    }
    return reading;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Reads a row as text, or says what is wrong. */
type TextReader = (fields: readonly string[], line: number) => string | Fault;

function readerOf(columns: Columns, notices: Notices): TextReader {
  if (columns.kind === "polls") {
    return texts(
      pollReader(columns, notices),
      ({ storeId, active, at }) => `${storeId}|${active}|${at}`,
    );
  }
  if (columns.kind === "hours") {
    const read = hoursReader(columns, notices, new Weekdays(undefined));
    return texts(
      read,
      ({ storeId, openings }) => `${storeId}|${inWeek(openings)}`,
    );
  }
  const read = timezoneReader(columns, notices, RULES.zones);
  return texts(read, ({ storeId, timezone }) => `${storeId}|${timezone}`);
}

function texts<Row extends object>(
  read: RowReader<Row>,
  write: (row: Row) => string,
): TextReader {
  return (fields, line) => {
    const row = read(fields, line);
    return isFault(row) ? row : write(row);
  };
}

const DAY = 24 * HOUR;

/** When in the week an opening begins, and how long it lasts: two that touch are one. */
function inWeek(openings: readonly StagedOpening[]): string {
  const [first] = openings;
  if (first === undefined) return "closed";
  const length = openings.reduce((sum, { start, end }) => {
    const [from, to] = [timeOfDay(start), timeOfDay(end)];
    return sum + (to > from ? to : to + DAY) - from;
  }, 0);
  return `${first.day * DAY + timeOfDay(first.start)} for ${length}`;
}
