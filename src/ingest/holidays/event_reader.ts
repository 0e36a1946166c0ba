import ICAL from "ical.js";
import { epochDay } from "../entries/dates.ts";
import { type Fault, shown } from "../faults/fault.ts";
import { DATE_OF_CALENDAR } from "../values/date.ts";
import { REASON } from "../values/short_text.ts";
import { type Note, Unreadable } from "../values/value.ts";
import type { EventText } from "./event_texts.ts";

const LONGEST_EVENT = 400;

const END_NOT_AFTER_START = {
  code: "event_end_not_after_start",
  message: "The end of an event is not after its start: the event was read as one day",
};

/** A part of an event that cannot be read. */
export class Refused extends Error {
  readonly fault: Fault;

  constructor(property: string, value: string, { code, reason }: Unreadable) {
    super(reason);
    this.fault = { code, column: property.toUpperCase(), value: shown(value), reason };
  }
}

function parsed({ lines }: EventText): ICAL.Component {
  try {
    // A rule is read elsewhere: here, a bad one would spoil all of the event.
    const others = lines.filter((line) => !/^RRULE[;:]/i.test(line));
    return new ICAL.Component(ICAL.parse(["BEGIN:VEVENT", ...others, "END:VEVENT"].join("\r\n")));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Refused("vevent", lines[0] ?? "", new Unreadable("event_unreadable", `cannot be read: ${reason}`));
  }
}

const NO_START = new Unreadable("date_missing", "is missing: an event needs the date on which it is");
const NOT_DATE = new Unreadable("date_unknown", "is not a date of iCalendar: expected is one such as 20261225");
const PERIOD = new Unreadable("event_period", "is a period with times: only whole days are read");
const MOVES_LATER = new Unreadable(
  "event_range",
  "changes all later occurrences, too: write a new event from that date on",
);
const NOT_WHOLE_DAYS = new Unreadable("event_duration", "is not a number of whole days, such as P3D");
const TOO_LONG = new Unreadable(
  "event_too_long",
  `makes the event longer than ${LONGEST_EVENT} days: correct the year`,
);

/** A value as it is written. */
interface Written {
  readonly property: string;
  readonly value: string;
  /** Its parameters. */
  readonly head: string;
}

/** Reads the properties of an event. */
export class EventReader {
  readonly #event: ICAL.Component;
  readonly #lines: readonly string[];

  constructor(text: EventText) {
    this.#event = parsed(text);
    this.#lines = text.lines;
  }

  text(name: string): string | undefined {
    const value = this.#event.getFirstPropertyValue(name);
    return value === null ? undefined : String(value);
  }

  /** As the file has them: the library would move a date that is not in the calendar, and cut a time behind a date. */
  values(property: string): Written[] {
    const name = new RegExp(`^${property}[;:]`, "i");
    return this.#lines.filter((line) => name.test(line)).map((line) => {
      const colon = line.lastIndexOf(":");
      return { property, value: line.slice(colon + 1).trim(), head: line.slice(0, colon) };
    });
  }

  date(property: string): string {
    const [found] = this.values(property);
    if (found === undefined) throw new Refused(property, "", NO_START);
    return dateIn(found);
  }

  dates(property: string): string[] {
    return this.values(property).flatMap((found) =>
      found.value.split(",").map((value) => midnightIn({ ...found, value: value.trim() }))
    );
  }

  replaces(): string | undefined {
    const [found] = this.values("recurrence-id");
    if (found === undefined) return undefined;
    if (/;RANGE=/i.test(found.head)) throw new Refused(found.property, found.value, MOVES_LATER);
    return midnightIn(found);
  }

  days(start: string, note: Note): number {
    const length = this.#length(start);
    if (length > LONGEST_EVENT) throw this.#tooLong();
    if (length < 1) note(END_NOT_AFTER_START);
    return Math.max(length, 1);
  }

  #tooLong(): Refused {
    const [{ property, value } = { property: "dtend", value: "" }] = [
      ...this.values("dtend"),
      ...this.values("duration"),
    ];
    return new Refused(property, value, TOO_LONG);
  }

  #length(start: string): number {
    if (this.values("dtend").length > 0) return epochDay(this.date("dtend")) - epochDay(start);
    const duration = this.text("duration");
    if (duration === undefined) return 1;
    const [, number, unit] = /^P(\d{1,6})([DW])$/.exec(duration) ?? [];
    if (number === undefined) throw new Refused("duration", duration, NOT_WHOLE_DAYS);
    return Number(number) * (unit === "W" ? 7 : 1);
  }

  summary(note: Note): string {
    const text = this.text("summary")?.trim() ?? "";
    const summary = REASON.read(text, note);
    if (summary instanceof Unreadable) throw new Refused("summary", text, summary);
    return summary;
  }
}

function dateIn({ property, value, head }: Written): string {
  if (/^\d{8}T/i.test(value)) throw new Refused(property, value, value.includes("/") ? PERIOD : withTimes(head));
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(value) ?? [];
  const date = year === undefined ? NOT_DATE : DATE_OF_CALENDAR.read(`${year}-${month}-${day}`, () => {});
  if (date instanceof Unreadable) throw new Refused(property, value, date);
  return date;
}

/** A date, or its midnight: programs write that for the days of an event that has no times. */
function midnightIn(found: Written): string {
  return dateIn({ ...found, value: found.value.replace(/T000000Z?$/i, "") });
}

/** A zone without its rules in the file would be read as the local time of each store. So no time is read at all. */
function withTimes(head: string): Unreadable {
  const [, zone] = /;TZID=([^;]*)/i.exec(head) ?? [];
  const where = zone === undefined ? "" : ` in the zone ${zone.slice(0, LONGEST_ZONE)}`;
  return new Unreadable(
    "event_with_times",
    `is a time${where}, but only events of whole days are read: write VALUE=DATE, or load a file of special hours`,
  );
}

const LONGEST_ZONE = 60;
