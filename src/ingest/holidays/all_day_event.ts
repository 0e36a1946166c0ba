import type { Fault } from "../faults/fault.ts";
import type { Note } from "../values/value.ts";
import { EventReader, Refused } from "./event_reader.ts";
import type { EventText } from "./event_texts.ts";

/** An event of whole days. Its dates are those of each store's own calendar, so that no zone matters. */
export interface AllDayEvent {
  readonly uid: string | undefined;
  /** `2026-12-25` */
  readonly start: string;
  /** How many dates it has. */
  readonly days: number;
  readonly summary: string;
  readonly isCancelled: boolean;
  readonly rules: readonly string[];
  readonly moreDates: readonly string[];
  readonly exceptDates: readonly string[];
  /** The date of the occurrence that this event replaces. */
  readonly replaces: string | undefined;
}

/** Reads an event. A part that cannot be read is thrown as {@linkcode Refused}, and returned as the fault of the whole. */
export function allDayEvent(text: EventText, note: Note): AllDayEvent | Fault {
  const isCancelled = text.lines.some((line) => CANCELLED.test(line));
  try {
    return { ...read(new EventReader(text), note), isCancelled };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return isCancelled ? { ...NOTHING, isCancelled } : error.fault;
  }
}

const CANCELLED = /^STATUS:\s*CANCELLED\s*$/i;

/** What is known of a cancelled event that cannot be read. It is left out anyway. */
const NOTHING = {
  uid: undefined,
  start: "",
  days: 0,
  summary: "",
  rules: [],
  moreDates: [],
  exceptDates: [],
  replaces: undefined,
};

function read(event: EventReader, note: Note): Omit<AllDayEvent, "isCancelled"> {
  const start = event.date("dtstart");
  return {
    uid: event.text("uid"),
    start,
    days: event.days(start, note),
    summary: event.summary(note),
    rules: event.values("rrule").map(({ value }) => value),
    moreDates: event.dates("rdate"),
    exceptDates: event.dates("exdate"),
    replaces: event.replaces(),
  };
}
