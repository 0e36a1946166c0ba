import type { StagedHours } from "../../db/stores/stage_hours.ts";
import type { StagedSpecialHours } from "../../db/stores/stage_special_hours.ts";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import type { Fault } from "../faults/fault.ts";
import type { NoticeKind } from "../faults/notice.ts";
import { timeText } from "../values/time_of_day.ts";
import { Unreadable } from "../values/value.ts";
import { epochDay } from "../entries/dates.ts";
import { googleDate, googleDay, googleTime } from "./google_time.ts";
import { faultAt, field, isMissing, type Located } from "./located.ts";
import { openingsOfPeriod } from "./period.ts";

const NOT_AFTER_OPEN = new Unreadable(
  "end_not_after_start",
  "is not after the opening: if the store closes after midnight, closeDay is the next day",
);

/** A period of `regularHours`. */
export function regularPeriod(period: Located, storeId: string): StagedHours | Fault {
  const [openDay, openTime] = [googleDay(field(period, "openDay")), googleTime(field(period, "openTime"))];
  if (typeof openDay === "object") return openDay;
  if (typeof openTime === "object") return openTime;
  const closing = field(period, "closeTime");
  const [closeDay, closeTime] = [googleDay(field(period, "closeDay")), googleTime(closing)];
  if (typeof closeDay === "object") return closeDay;
  if (typeof closeTime === "object") return closeTime;
  const length = (closeDay - openDay + 7) % 7 * DAY + closeTime - openTime;
  if (length <= 0) return faultAt(closing, NOT_AFTER_OPEN);
  return { storeId, validFrom: undefined, openings: openingsOfPeriod({ day: openDay, start: openTime, length }) };
}

const END_DATE_IGNORED = {
  code: "end_date_ignored",
  message: "A closed period has a later endDate, which Google does not use: only its startDate was read as closed",
};

const NOT_AFTER_START = new Unreadable("end_not_after_start", "is not after the opening: correct closeTime or endDate");
const TOO_LATE = new Unreadable("period_too_long", "is more than a day after the start: write a period for each date");

/** A period of `specialHours`. */
export function specialPeriod(
  period: Located,
  storeId: string,
  note: (notice: NoticeKind) => void,
): StagedSpecialHours | Fault {
  const [starting, ending] = [field(period, "startDate"), field(period, "endDate")];
  const date = googleDate(starting);
  if (typeof date === "object") return date;
  const endDate = isMissing(ending) ? date : googleDate(ending);
  if (typeof endDate === "object") return endDate;
  const { value: isClosed } = isMissing(field(period, "closed")) ? field(period, "isClosed") : field(period, "closed");
  if (isClosed === true) {
    if (endDate !== date) note(END_DATE_IGNORED);
    return { storeId, date, times: undefined, reason: "" };
  }
  return openPeriod(period, { storeId, date, days: epochDay(endDate) - epochDay(date) });
}

interface Dated {
  readonly storeId: string;
  readonly date: string;
  /** From the start date to the end date. */
  readonly days: number;
}

function openPeriod(period: Located, { storeId, date, days }: Dated): StagedSpecialHours | Fault {
  const closing = field(period, "closeTime");
  const [start, time] = [googleTime(field(period, "openTime")), googleTime(closing)];
  if (typeof start === "object") return start;
  if (typeof time === "object") return time;
  const end = days * DAY + time;
  if (end <= start) return faultAt(closing, NOT_AFTER_START);
  // An opening of a date reaches up to 48 hours after its midnight.
  if (end >= 2 * DAY || start >= DAY) return faultAt(field(period, "endDate"), TOO_LATE);
  return { storeId, date, times: { start: timeText(start), end: timeText(endOf(start, end)) }, reason: "" };
}

/** As files write it: an end at or before the start is on the next date. */
function endOf(start: Micros, end: Micros): Micros {
  return end > DAY && end - DAY <= start ? end - DAY : end;
}
