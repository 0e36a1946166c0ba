import type { StagedHours } from "../db/stage_hours.ts";
import type { StagedPoll } from "../db/stage_polls.ts";
import type { StagedTimezone } from "../db/stage_timezones.ts";
import type { ZoneRules } from "../domain/zone_rules.ts";
import type { Column, Columns } from "./columns.ts";
import { type Fault, shown } from "./fault.ts";
import type { Notices } from "./notice.ts";
import { DAY, END_TIME, INSTANT, START_TIME, STATUS, STORE_ID, timezoneOf, type ValueKind } from "./values.ts";

/** Reads the fields of one row, or says what is wrong with it. */
export type RowReader<Row> = (fields: readonly string[], line: number) => Row | Fault;

export function isFault(row: object | Fault): row is Fault {
  return "reason" in row;
}

export function pollReader(columns: Columns, _notices: Notices): RowReader<StagedPoll> {
  const [id, status, instant] = columns.found;
  return (fields) => {
    const storeId = STORE_ID.read(field(fields, id));
    if (storeId === undefined) return fault(STORE_ID, fields, id);
    const active = STATUS.read(field(fields, status));
    if (active === undefined) return fault(STATUS, fields, status);
    const at = INSTANT.read(field(fields, instant));
    return at === undefined ? fault(INSTANT, fields, instant) : { storeId, active, at };
  };
}

export function hoursReader(columns: Columns, _notices: Notices): RowReader<StagedHours> {
  const [id, weekday, startTime, endTime] = columns.found;
  return (fields) => {
    const storeId = STORE_ID.read(field(fields, id));
    if (storeId === undefined) return fault(STORE_ID, fields, id);
    const day = DAY.read(field(fields, weekday));
    if (day === undefined) return fault(DAY, fields, weekday);
    if (isClosed(field(fields, startTime), field(fields, endTime))) return { storeId, openings: [] };
    const start = START_TIME.read(field(fields, startTime));
    if (start === undefined) return fault(START_TIME, fields, startTime);
    const end = END_TIME.read(field(fields, endTime));
    return end === undefined ? fault(END_TIME, fields, endTime) : { storeId, openings: [{ day, start, end }] };
  };
}

/** Both times empty, or `closed` as the start and `closed` or nothing as the end. */
function isClosed(start: string, end: string): boolean {
  const [first, last] = [start.trim().toLowerCase(), end.trim().toLowerCase()];
  return first === "" ? last === "" : first === "closed" && (last === "" || last === "closed");
}

export function timezoneReader(columns: Columns, rules: ZoneRules): RowReader<StagedTimezone> {
  const [id, zone] = columns.found;
  const kind = timezoneOf(rules);
  return (fields) => {
    const storeId = STORE_ID.read(field(fields, id));
    if (storeId === undefined) return fault(STORE_ID, fields, id);
    const timezone = kind.read(field(fields, zone));
    return timezone === undefined ? fault(kind, fields, zone) : { storeId, timezone };
  };
}

/** The store of a row, even if the rest of the row cannot be read. */
export function readableId(fields: readonly string[], { found: [id] }: Columns): string | undefined {
  return STORE_ID.read(field(fields, id));
}

function field(fields: readonly string[], column: Column | undefined): string {
  return fields[column?.index ?? -1] ?? "";
}

function fault(kind: ValueKind<unknown>, fields: readonly string[], column: Column | undefined): Fault {
  const value = field(fields, column);
  return { code: "bad_value", column: column?.name, value: shown(value), reason: kind.fault(value) };
}
