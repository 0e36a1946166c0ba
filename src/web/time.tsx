import type { JSX } from "hono/jsx/jsx-runtime";
import { formatInstant } from "../domain/instant.ts";
import { HOUR, type Micros } from "../domain/interval.ts";

const STYLES = {
  minute: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  second: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  full: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  date: { weekday: "short", day: "numeric", month: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type TimeStyle = keyof typeof STYLES;

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant as a zone's clock and calendar show it: `Wed 25 Jan, 12:13`. */
export function localTime(at: Micros, zone: string, style: TimeStyle = "minute"): string {
  const key = `${style} ${zone}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", { ...STYLES[style], timeZone: zone, hourCycle: "h23" });
    formats.set(key, format);
  }
  const text = format.format(new Date(Math.floor(at / 1000))).replace(/^(\w+),/, "$1");
  return style !== "date" && isShownTwice(at, format) ? `${text} (${offsetAt(at, zone)})` : text;
}

/** Whether clocks show this time twice, since they go back by an hour or half an hour. */
function isShownTwice(at: Micros, format: Intl.DateTimeFormat): boolean {
  const shown = (instant: Micros) => format.format(new Date(Math.floor(instant / 1000)));
  return [-HOUR, HOUR, -HOUR / 2, HOUR / 2].some((shift) => shown(at + shift) === shown(at));
}

/** `GMT+2` */
function offsetAt(at: Micros, zone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" });
  const name = format.formatToParts(new Date(Math.floor(at / 1000))).find(({ type }) => type === "timeZoneName");
  return name?.value ?? "";
}

/** To the microsecond: `2023-01-25 18:13:22.47922 UTC`. */
export function utcTime(at: Micros): string {
  return formatInstant(at).replace("T", " ").replace("Z", " UTC");
}

/** A time in a zone, with UTC on hover. Without a zone, in UTC, and says so. */
export function Time({ at, zone, style = "minute" }: { at: Micros; zone?: string; style?: TimeStyle }): JSX.Element {
  return (
    <time datetime={formatInstant(at)} title={utcTime(at)}>
      {localTime(at, zone ?? "UTC", style)}
      {zone === undefined ? " UTC" : ""}
    </time>
  );
}
