import { setTimeout as delay } from "node:timers/promises";
import { DAY, type Micros } from "../../domain/time/interval.ts";
import { dateText } from "../entries/dates.ts";
import type { EntryList } from "../entries/entry_list.ts";
import { InputError } from "../faults/input_error.ts";
import type { NoticeKind } from "../faults/notice.ts";
import { type AllDayEvent, allDayEvent } from "./all_day_event.ts";
import { type EventText, eventTexts } from "./event_texts.ts";
import { HolidayList, type ReadEvent } from "./holiday_list.ts";
import type { DateSpan } from "./recurrence.ts";

/** Whose holidays they are, and when they are read. */
export interface CalendarContext {
  /** `*`: all stores. */
  readonly stores: readonly string[];
  readonly now: Micros;
}

const NOT_EVENTS = { code: "not_events", message: "The calendar has tasks or journal entries: they were not read" };

/**
 * Reads the events of a calendar: on their dates, the stores are closed all day.
 *
 * @throws {InputError} if it is no calendar, or too large
 */
export async function readCalendar(
  text: string,
  { stores, now }: CalendarContext,
  list: EntryList,
): Promise<void> {
  const { events, others } = eventTexts(text);
  if (events.length === 0) throw new InputError("The calendar has no events");
  if (others > 0) list.note(NOT_EVENTS);
  const read = events.map(readEvent);
  const replaced = replacedDates(read.flatMap(({ event }) => "code" in event ? [] : [event]));
  const holidays = new HolidayList(list, stores, spanAround(now));
  for (const each of read) {
    holidays.take(each, replaced);
    // A rule may take 40 ms to count: others run between them.
    if (!("code" in each.event) && each.event.rules.length > 0) await delay(0);
  }
  holidays.end();
}

function readEvent(text: EventText): ReadEvent {
  const notices: NoticeKind[] = [];
  const event = allDayEvent(text, (notice) => notices.push(notice));
  return { line: text.line, event, notices };
}

/** The occurrences of repeating events that other events replace, or cancel: `uid date`. */
function replacedDates(events: readonly AllDayEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ uid, replaces }) => replaces === undefined ? [] : [`${uid} ${replaces}`]));
}

/** From a year before the date of an instant to two years after it. */
function spanAround(now: Micros): DateSpan {
  const today = dateText(Math.floor(now / DAY));
  const year = (years: number) => `${Number(today.slice(0, 4)) + years}${today.slice(4).replace("02-29", "02-28")}`;
  return { from: year(-1), to: year(2) };
}
