import { Unreadable } from "./value.ts";

const OFFSET = /^(?:(?:UTC|GMT) ?)?([+-])(?:(\d{1,2})(?::(\d\d))?|(\d\d)(\d\d))$/i;

/** In minutes: no clock was ever set further apart from UTC since zones are counted in hours. */
const WEST = -12 * 60;
const EAST = 14 * 60;

/**
 * Reads an offset from UTC that stands for a zone: `+05:30`, `UTC+3`, `GMT-5`. East is positive.
 *
 * @returns the zone that always has it, such as `+05:30`; `undefined` if the text has not this form
 */
export function readUtcOffset(text: string): string | Unreadable | undefined {
  const parts = OFFSET.exec(text);
  if (parts === null) return undefined;
  const [, sign, hour, minute, twoDigitHour, twoDigitMinute] = parts;
  const minuteOfHour = Number(minute ?? twoDigitMinute ?? 0);
  const minutes = (Number(hour ?? twoDigitHour) * 60 + minuteOfHour) * (sign === "-" ? -1 : 1);
  if (minuteOfHour > 59 || minutes < WEST || minutes > EAST) {
    return new Unreadable("zone_no_such_offset", "is an offset that no place has: offsets go from -12:00 to +14:00");
  }
  return minutes === 0 ? "UTC" : zoneName(minutes);
}

function zoneName(minutes: number): string {
  const two = (value: number) => String(Math.trunc(value)).padStart(2, "0");
  const ahead = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}
