import type { StagedHours } from "../../db/stores/stage_hours.ts";
import type { Notices } from "../faults/notice.ts";
import { DATE_OF_CALENDAR } from "../values/date.ts";
import { OPENING_HOURS } from "../values/opening_hours_text.ts";
import { STORE_ID } from "../values/store_id.ts";
import { Unreadable } from "../values/value.ts";
import { Cells } from "./cells.ts";
import type { Columns } from "./columns.ts";
import { columnAt, type RowReader } from "./row_readers.ts";

/** Whether the rows of a file of hours have one text for the whole week. */
export function hasWeeks({ wanted }: Columns): boolean {
  return wanted.includes("opening_hours");
}

/** Reads rows of a store and the text of its week, as schema.org and OpenStreetMap write it. */
export function openingHoursReader(columns: Columns, notices: Notices): RowReader<StagedHours> {
  const [id, week] = [columnAt(columns, 0), columnAt(columns, 1)];
  const from = columns.others.get("valid_from");
  const cells = new Cells(notices);
  return (fields, line) => {
    cells.start(fields, line);
    const storeId = STORE_ID.read(cells.text(id), cells.note);
    if (storeId instanceof Unreadable) return cells.refuse(id, storeId);
    const days = OPENING_HOURS.read(cells.text(week), cells.note);
    if (days instanceof Unreadable) return cells.refuse(week, days);
    const validFrom = cells.optional(from, DATE_OF_CALENDAR);
    if (typeof validFrom === "object") return validFrom;
    return cells.accept({ storeId, openings: [...days.values()].flat(), validFrom });
  };
}
