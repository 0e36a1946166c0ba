import { HOUR, type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";
import { faultOfTime } from "./time_faults.ts";
import { isTooLong, TOO_LONG, Unreadable, type ValueKind } from "./value.ts";

export const DATE_DROPPED = {
  code: "date_dropped",
  message: "A time of day had a date before it: the date was dropped, since hours are weekly",
};

const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?$/;
const TWELVE_HOURS = /^(\d{1,2})(?::(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)? ?([ap])m$/i;
const WORDS: ReadonlyMap<string, Micros> = new Map([["midnight", 0], ["noon", 12 * HOUR]]);
/** A date in any order: it is dropped, so that its order does not matter. */
const DATE_BEFORE = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})[Tt ] ?(?=\S)/;

/** Microseconds after midnight, below 48 hours: from 24:00 on, a time belongs to the next day. */
export const TIME_OF_DAY: ValueKind<Micros> = {
  read(text, note) {
    const clock = CLOCK.exec(text);
    if (clock !== null) return fromClock(clock);
    if (isTooLong(text)) return TOO_LONG;
    const bare = text.replace(DATE_BEFORE, "");
    const time = readBare(bare);
    if (bare !== text && typeof time === "number") note(DATE_DROPPED);
    return time;
  },
};

function readBare(text: string): Micros | Unreadable {
  const clock = CLOCK.exec(text);
  if (clock !== null) return fromClock(clock);
  const twelve = TWELVE_HOURS.exec(text);
  if (twelve !== null) return fromTwelveHours(twelve);
  return WORDS.get(text.toLowerCase()) ?? faultOfTime(text);
}

function fromTwelveHours([, hour, minute, second, fraction, half]: RegExpExecArray): Micros | Unreadable {
  if (Number(hour) < 1 || Number(hour) > 12) {
    return new Unreadable(
      "time_no_such_hour",
      `has the hour ${hour} and AM or PM, whose hours go from 1 to 12: correct it, or leave AM or PM out`,
    );
  }
  const midnightIs0 = Number(hour) % 12;
  return timeOf([half?.toLowerCase() === "p" ? midnightIs0 + 12 : midnightIs0, minute, second, fraction]);
}

function fromClock([, hour, minute, second, fraction]: RegExpExecArray): Micros | Unreadable {
  return timeOf([Number(hour), minute, second, fraction]);
}

type Part = string | undefined;
type Parts = readonly [hour: number, minute: Part, second: Part, fraction: Part];

function timeOf([hour, minute = "0", second = "0", fraction = ""]: Parts): Micros | Unreadable {
  if (hour >= 48) {
    return new Unreadable(
      "time_no_such_hour",
      `has the hour ${hour}: hours go from 0 to 23, or to 47 for the next day`,
    );
  }
  if (Number(minute) > 59) {
    return new Unreadable("time_no_such_minute", `has the minute ${minute}: minutes go from 00 to 59`);
  }
  if (Number(second) > 59) {
    return new Unreadable("time_no_such_second", `has the second ${second}: seconds go from 00 to 59`);
  }
  return hour * HOUR + Number(minute) * MINUTE + Number(second) * SECOND + Number(fraction.padEnd(6, "0"));
}

/** A time as Postgres reads it: `09:00:00`, `24:00:00`. */
export function timeText(time: Micros): string {
  const two = (value: number) => String(Math.trunc(value)).padStart(2, "0");
  const fraction = time % SECOND;
  const seconds = `${two(time / HOUR)}:${two(time % HOUR / MINUTE)}:${two(time % MINUTE / SECOND)}`;
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, "0")}`;
}
