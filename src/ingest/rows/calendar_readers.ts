import type { StagedExclusion } from "../../db/stores/stage_exclusions.ts";
import type { StagedSpecialHours } from "../../db/stores/stage_special_hours.ts";
import type { Notices } from "../faults/notice.ts";
import { DATE_OF_CALENDAR } from "../values/date.ts";
import { ENDS_DIFFER, EXCLUSION_END, NOT_AFTER_FROM } from "../values/exclusion_end.ts";
import { EXCLUSION_KIND } from "../values/exclusion_kind.ts";
import { REASON } from "../values/short_text.ts";
import { specialTimes } from "../values/special_times.ts";
import { STORE_ID } from "../values/store_id.ts";
import { Unreadable } from "../values/value.ts";
import { Cells } from "./cells.ts";
import type { Columns } from "./columns.ts";
import { readTimes } from "./opening_times.ts";
import { columnAt, isFault, type RowReader } from "./row_readers.ts";

export function specialHoursReader(columns: Columns, notices: Notices): RowReader<StagedSpecialHours> {
  const [id, day] = [columnAt(columns, 0), columnAt(columns, 1)];
  const times = { start: columnAt(columns, 2), end: columnAt(columns, 3) };
  const why = columns.others.get("reason");
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    const date = DATE_OF_CALENDAR.read(cells.text(day), cells.note);
    if (date instanceof Unreadable) return cells.refuse(day, date);
    const opening = readTimes(cells, times, specialTimes);
    if (opening !== undefined && isFault(opening)) return opening;
    const reason = cells.optional(why, REASON);
    if (typeof reason === "object") return reason;
    return cells.accept({ storeId, date, times: opening, reason: reason ?? "" });
  };
}

export function exclusionReader(columns: Columns, notices: Notices): RowReader<StagedExclusion> {
  const [id, from, to] = [columnAt(columns, 0), columnAt(columns, 1), columnAt(columns, 2)];
  const [what, why] = [columnAt(columns, 3), columnAt(columns, 4)];
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    const start = EXCLUSION_END.read(cells.text(from), cells.note);
    if (start instanceof Unreadable) return cells.refuse(from, start);
    const end = EXCLUSION_END.read(cells.text(to), cells.note);
    if (end instanceof Unreadable) return cells.refuse(to, end);
    if (start.isLocal !== end.isLocal) return cells.refuse(to, ENDS_DIFFER);
    if (end.at <= start.at) return cells.refuse(to, NOT_AFTER_FROM);
    const kind = EXCLUSION_KIND.read(cells.text(what), cells.note);
    if (kind instanceof Unreadable) return cells.refuse(what, kind);
    const reason = REASON.read(cells.text(why), cells.note);
    if (reason instanceof Unreadable) return cells.refuse(why, reason);
    const written = { writtenFrom: cells.text(from), writtenTo: cells.text(to) };
    return cells.accept({ storeId, ...written, isLocal: start.isLocal, from: start.at, to: end.at, kind, reason });
  };
}
