import type { StagedHours } from "../../db/stores/stage_hours.ts";
import type { StagedPoll } from "../../db/polls/stage_polls.ts";
import type { StagedTimezone } from "../../db/stores/stage_timezones.ts";
import { Cells } from "./cells.ts";
import type { Columns } from "./columns.ts";
import type { Column } from "./header_table.ts";
import { readTimes } from "./opening_times.ts";
import type { Fault } from "../faults/fault.ts";
import type { Notices } from "../faults/notice.ts";
import { instantKind } from "../values/instant.ts";
import { DATE_OF_CALENDAR } from "../values/date.ts";
import { openingsOf } from "../values/opening.ts";
import { STATUS } from "../values/status.ts";
import { STORE_ID } from "../values/store_id.ts";
import { timezoneKind, type ZoneNames } from "../values/timezone.ts";
import { Unreadable } from "../values/value.ts";
import type { Weekdays } from "../values/weekday.ts";

/** Reads the fields of one row, or gives the reason why it cannot. */
export type RowReader<Row> = (fields: readonly string[], line: number) => Row | Fault;

export function isFault(row: object | Fault): row is Fault {
  return "code" in row;
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
  const from = columns.others.get("valid_from");
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    // First, since a day may fail the whole file, also in a row that is bad anyway.
    const day = weekdays.read(cells.text(weekday));
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    if (day instanceof Unreadable) return cells.refuse(weekday, day);
    const openings = readTimes(cells, times, (start, end) => openingsOf(day, start, end)) ?? [];
    if (isFault(openings)) return openings;
    const validFrom = cells.optional(from, DATE_OF_CALENDAR);
    if (typeof validFrom === "object") return validFrom;
    return cells.accept({ storeId, openings, validFrom });
  };
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

/** A column that every file of the kind has. */
export function columnAt({ found, kind }: Columns, place: number): Column {
  const column = found[place];
  if (column === undefined) throw new Error(`A file of ${kind} has no column ${place}`);
  return column;
}
