import type { StagedHours, StagedOpening } from "../../db/stores/stage_hours.ts";
import type { StagedPoll } from "../../db/polls/stage_polls.ts";
import type { StagedTimezone } from "../../db/stores/stage_timezones.ts";
import { Cells } from "./cells.ts";
import type { Column, Columns } from "./columns.ts";
import type { Fault } from "../faults/fault.ts";
import type { Notices } from "../faults/notice.ts";
import { instantKind } from "../values/instant.ts";
import { isClosed, ONE_TIME_EMPTY, openingsOf } from "../values/opening.ts";
import { STATUS } from "../values/status.ts";
import { STORE_ID } from "../values/store_id.ts";
import { TIME_OF_DAY } from "../values/time_of_day.ts";
import { timezoneKind, type ZoneNames } from "../values/timezone.ts";
import { Unreadable } from "../values/value.ts";
import type { Weekdays } from "../values/weekday.ts";

/** Reads the fields of one row, or gives the reason why it cannot. */
export type RowReader<Row> = (fields: readonly string[], line: number) => Row | Fault;

export function isFault(row: object | Fault): row is Fault {
  return "reason" in row;
}

export function pollReader(columns: Columns, notices: Notices): RowReader<StagedPoll> {
  const [id, status, instant] = [columnAt(columns, 0), columnAt(columns, 1), columnAt(columns, 2)];
  const kind = instantKind({ name: instant.name, isUtc: instant.isAlias || /utc$/i.test(instant.name) });
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    const active = STATUS.read(cells.text(status), cells.note);
    if (active instanceof Unreadable) return cells.refuse(status, active);
    const at = kind.read(cells.text(instant), cells.note);
    return at instanceof Unreadable ? cells.refuse(instant, at) : cells.accept({ storeId, active, at });
  };
}

export function hoursReader(columns: Columns, notices: Notices, weekdays: Weekdays): RowReader<StagedHours> {
  const [id, weekday] = [columnAt(columns, 0), columnAt(columns, 1)];
  const times = { start: columnAt(columns, 2), end: columnAt(columns, 3) };
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    // First, since a day may fail the whole file, also in a row that is bad anyway.
    const day = weekdays.read(cells.text(weekday));
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    if (day instanceof Unreadable) return cells.refuse(weekday, day);
    const openings = readOpenings(cells, day, times);
    return "reason" in openings ? openings : cells.accept({ storeId, openings });
  };
}

function readOpenings(
  cells: Cells,
  day: number,
  times: { readonly start: Column; readonly end: Column },
): readonly StagedOpening[] | Fault {
  const [startText, endText] = [cells.text(times.start), cells.text(times.end)];
  if (isClosed(startText, endText)) return [];
  const start = startText === "" ? ONE_TIME_EMPTY : TIME_OF_DAY.read(startText, cells.note);
  if (start instanceof Unreadable) return cells.refuse(times.start, start);
  const end = endText === "" ? ONE_TIME_EMPTY : TIME_OF_DAY.read(endText, cells.note);
  if (end instanceof Unreadable) return cells.refuse(times.end, end);
  const openings = openingsOf(day, start, end);
  return openings instanceof Unreadable ? cells.refuse(times.end, openings) : openings;
}

export function timezoneReader(columns: Columns, notices: Notices, zones: ZoneNames): RowReader<StagedTimezone> {
  const [id, zone] = [columnAt(columns, 0), columnAt(columns, 1)];
  const kind = timezoneKind(zones);
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    const timezone = kind.read(cells.text(zone), cells.note);
    return timezone instanceof Unreadable ? cells.refuse(zone, timezone) : cells.accept({ storeId, timezone });
  };
}

/** The store of a row, even if the rest of the row cannot be read. */
export function readableId(fields: readonly string[], columns: Columns): string | undefined {
  const id = STORE_ID.read((fields[columnAt(columns, 0).index] ?? "").trim(), () => {});
  return id instanceof Unreadable ? undefined : id;
}

function columnAt({ found, kind }: Columns, place: number): Column {
  const column = found[place];
  if (column === undefined) throw new Error(`A file of ${kind} has no column ${place}`);
  return column;
}
