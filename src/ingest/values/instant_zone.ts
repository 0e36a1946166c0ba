import { HOUR, type Micros, MINUTE } from "../../domain/time/interval.ts";
import { Unreadable } from "./value.ts";

/** What stands behind the time of an instant. A file has few of them, so that they are remembered. */
const remembered = new Map<string, Micros | Unreadable | undefined>();
const MOST_REMEMBERED = 1_000;

const UTC = /^(?:Z|UTC|GMT|Etc\/UTC)$/i;
const OFFSET = /^([+-])(\d\d)(?::?(\d\d))?$/;
/** `+0000 UTC`, as Go writes it, and `Z[UTC]`, as Java does. */
const REPEATED = /^(Z|[+-]\d\d(?::?\d\d)?)(?: UTC|\[UTC\])$/i;

/**
 * Reads the zone of an instant as the offset from UTC that holds there.
 *
 * @param text all that follows the time
 * @returns `undefined` without a zone
 */
export function readInstantZone(text: string): Micros | Unreadable | undefined {
  if (text === "") return undefined;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const zone = readZone(text.startsWith(" ") ? text.slice(1) : text);
  remembered.set(text, zone);
  return zone;
}

function readZone(text: string): Micros | Unreadable {
  if (UTC.test(text)) return 0;
  const repeated = REPEATED.exec(text)?.[1];
  const offset = repeated === undefined ? readOffset(text) : readZone(repeated);
  if (offset === undefined) return faultOfZone(text);
  if (repeated !== undefined && offset !== 0) return CONTRADICTION;
  return offset;
}

function readOffset(text: string): Micros | undefined {
  const [, sign, hour = "", minute = "0"] = OFFSET.exec(text) ?? [];
  if (sign === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const offset = Number(hour) * HOUR + Number(minute) * MINUTE;
  return sign === "-" ? -offset : offset;
}

const WRITE = "write Z, UTC or an offset such as -05:00 behind the time";

const CONTRADICTION = new Unreadable(
  "instant_zone_contradicts",
  `has an offset that is not UTC, and says UTC: ${WRITE}`,
);

function faultOfZone(text: string): Unreadable {
  if (/^[ap]\.?m\b/i.test(text)) {
    return new Unreadable(
      "instant_twelve_hours",
      "is on a 12-hour clock: write the hour as 00 to 23, without AM or PM",
    );
  }
  if (/^[+-]/.test(text)) {
    return new Unreadable("instant_bad_offset", `ends in "${text}", which is not an offset: write it as +05:30`);
  }
  if (/^:/.test(text)) {
    return new Unreadable(
      "instant_bad_time",
      `has "${text}" behind its seconds: write fractions of a second after a point`,
    );
  }
  const name = /^\[?([a-z][a-z0-9_+/-]*)\]?$/i.exec(text)?.[1];
  if (name !== undefined) {
    return new Unreadable(
      "instant_named_zone",
      `names the time zone "${name}", whose offset is not known here: ${WRITE}`,
    );
  }
  if (/\[.+\]$/.test(text)) return new Unreadable("instant_named_zone", `names a time zone in brackets: ${WRITE}`);
  return new Unreadable("instant_trailing_text", `ends in "${text}", which is not a zone: ${WRITE}`);
}
