import type { JSX } from "hono/jsx/jsx-runtime";
import { formatInstant } from "../../domain/time/instant.ts";
import { clockChanges } from "../../domain/time/clock_change.ts";
import { DAY, HOUR, type Micros, MINUTE } from "../../domain/time/interval.ts";
import type { Timezone } from "../../domain/time/timezone.ts";

const STYLES = {
  minute: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  second: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  full: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  exact: {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  },
  short: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  date: { weekday: "short", day: "numeric", month: "short" },
  day: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type TimeStyle = keyof typeof STYLES;

const formats = new Map<TimeStyle, Intl.DateTimeFormat>();

/** Formats a wall time as if its zone were UTC. Offsets come from the zone rules, not from the runtime. */
function shown(wall: Micros, style: TimeStyle): string {
  let format = formats.get(style);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { ...STYLES[style], timeZone: "UTC", hourCycle: "h23" });
    formats.set(style, format);
  }
  return format.format(new Date(Math.floor(wall / 1000))).replace(/^(\w+),/, "$1");
}

/** An instant in a zone's local time: `Wed 25 Jan, 12:13`. Without a zone, in UTC. */
export function localTime(at: Micros, zone?: Timezone, style: TimeStyle = "minute"): string {
  const offset = zone?.offsetAt(at) ?? 0;
  const text = shown(at + offset, style);
  return style !== "date" && style !== "day" && zone !== undefined && isShownTwice(at, zone)
    ? `${text} (${offsetWords(offset)})`
    : text;
}

/** Whether clocks show this time twice, because they go back before or after it. */
function isShownTwice(at: Micros, zone: Timezone): boolean {
  return clockChanges(zone, { start: at - DAY, end: at + DAY })
    .some((change) => change.at + change.by <= at && at < change.at - change.by);
}

/** `GMT+2` */
function offsetWords(offset: Micros): string {
  const length = Math.abs(offset);
  const minutes = Math.floor(length % HOUR / MINUTE);
  const hours = Math.floor(length / HOUR);
  const sign = offset < 0 ? "-" : "+";
  if (length === 0) return "GMT";
  return `GMT${sign}${hours}${minutes === 0 ? "" : `:${String(minutes).padStart(2, "0")}`}`;
}

/** To the microsecond: `2023-01-25 18:13:22.47922 UTC`. */
export function utcTime(at: Micros): string {
  return formatInstant(at).replace("T", " ").replace("Z", " UTC");
}

/** A time in a zone, with UTC on hover. Without a zone, the time is in UTC and says so. */
export function Time({ at, zone, style = "minute" }: { at: Micros; zone?: Timezone; style?: TimeStyle }): JSX.Element {
  return (
    <time datetime={formatInstant(at)} title={utcTime(at)}>
      {localTime(at, zone, style)}
      {zone === undefined ? " UTC" : ""}
    </time>
  );
}
