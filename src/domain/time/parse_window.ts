import { type AskedWindow, type DatesWindow, isByCalendar, type WindowForm, type WindowName } from "./asked_window.ts";
import { epochDay, monthStart, weekStart } from "./date.ts";
import { parseInstant } from "./instant.ts";
import { DAY, HOUR, MINUTE } from "./interval.ts";
import { comparedWindow, isPrevious } from "./previous_window.ts";
import type { EpochDay } from "./timezone.ts";

/** No window is longer, in days of 24 hours or in dates. */
const MOST_DAYS = 400;

/** What the name of a window has to be, after "must be". */
export const WINDOW_FORM = "last_hour, last_day, last_week, last_<n>m, last_<n>h, last_<n>d, last_<n>w, today, " +
  "yesterday, this_week, previous_week, this_month, previous_month, a date (2026-10-31), an ISO week (2026-W43), a " +
  "month (2026-10), dates of which the second is not included (2026-10-01/2026-10-15), or instants with Z or an " +
  "offset (2026-10-01T00:00Z/2026-10-02T12:00:00+02:00)";

/**
 * Reads a window by its name.
 *
 * @returns an error instead if the name is not one of a window. Its message says what the name must be
 */
export function parseWindow(name: WindowName): AskedWindow | RangeError {
  const form = NAMED.get(name) ?? readForm(name);
  return form instanceof RangeError ? form : { name, ...form };
}

/** Reads the name of a window that a report measures: one that somebody asked for, or the one before it. */
export function parseMeasured(name: WindowName): AskedWindow | RangeError {
  if (!isPrevious(name)) return parseWindow(name);
  const compared = parseWindow(comparedWindow(name));
  return compared instanceof RangeError ? compared : { ...compared, name, isPrevious: true };
}

/**
 * Reads windows that a report measures. Their names were found good when somebody asked for them.
 *
 * @throws {RangeError} if one of the names is not one of a window
 */
export function askedWindows(names: readonly WindowName[]): AskedWindow[] {
  return names.map((name) => {
    const asked = parseMeasured(name);
    if (asked instanceof RangeError) throw new RangeError(`The window "${name}" ${asked.message}`);
    return asked;
  });
}

/** Whether a calendar decides when the window of this name is. */
export function isNamedByCalendar(name: WindowName): boolean {
  const asked = parseMeasured(name);
  return !(asked instanceof RangeError) && isByCalendar(asked);
}

const NAMED: ReadonlyMap<WindowName, WindowForm> = new Map<WindowName, WindowForm>([
  ["last_hour", { kind: "elapsed", length: HOUR }],
  ["last_day", { kind: "elapsed", length: DAY }],
  ["last_week", { kind: "elapsed", length: 7 * DAY }],
  ["today", { kind: "current", unit: "day", back: 0 }],
  ["yesterday", { kind: "current", unit: "day", back: 1 }],
  ["this_week", { kind: "current", unit: "week", back: 0 }],
  ["previous_week", { kind: "current", unit: "week", back: 1 }],
  ["this_month", { kind: "current", unit: "month", back: 0 }],
  ["previous_month", { kind: "current", unit: "month", back: 1 }],
]);

interface Form {
  readonly pattern: RegExp;
  readonly read: (...parts: string[]) => WindowForm | RangeError;
}

const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d(?::?\d\d)?)`;

const FORMS: readonly Form[] = [
  { pattern: /^last_(\d+)([mhdw])$/, read: elapsed },
  { pattern: /^(\d{4}-\d\d-\d\d)$/, read: oneDate },
  { pattern: /^(\d{4})-W(\d\d)$/, read: week },
  { pattern: /^(\d{4})-(\d\d)$/, read: month },
  { pattern: /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/, read: (from, to) => dates(dateOf(from), dateOf(to)) },
  { pattern: new RegExp(`^(${INSTANT})/(${INSTANT})$`), read: instants },
];

function readForm(name: WindowName): WindowForm | RangeError {
  for (const { pattern, read } of FORMS) {
    const parts = pattern.exec(name)?.slice(1);
    if (parts !== undefined) return read(...parts);
  }
  return new RangeError(`must be ${WINDOW_FORM}`);
}

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

function elapsed(count = "", unit = ""): WindowForm | RangeError {
  if (count.startsWith("0")) return new RangeError("must count from 1 on, without leading zeros");
  const length = Number(count) * (UNITS[unit] ?? NaN);
  return length > MOST_DAYS * DAY ? tooLong() : { kind: "elapsed", length };
}

function oneDate(text?: string): WindowForm | RangeError {
  const date = dateOf(text);
  return dates(date, date === undefined ? undefined : date + 1);
}

function week(year?: string, number?: string): WindowForm | RangeError {
  const monday = weekStart(Number(year), Number(number));
  return monday === undefined ? new RangeError(`must be a week that the year ${year} has`) : dates(monday, monday + 7);
}

function month(year?: string, number?: string): WindowForm | RangeError {
  const first = epochDay(Number(year), Number(number), 1);
  if (first === undefined) return new RangeError("must be a month from 01 to 12");
  const form = dates(first, monthStart(Number(year), Number(number) + 1));
  return form instanceof RangeError ? form : { ...form, unit: "month" };
}

/** Instants that are taken in begin and end with these dates. */
const [EARLIEST, LATEST] = [monthStart(1970, 1), monthStart(2200, 1)];

function dates(first: EpochDay | undefined, end: EpochDay | undefined): DatesWindow | RangeError {
  if (first === undefined || end === undefined) return new RangeError("must have dates that exist");
  if (end <= first) return new RangeError("must end after it begins: the second date is not included");
  if (end - first > MOST_DAYS) return tooLong();
  if (first < EARLIEST || end > LATEST) return new RangeError("must be within the years 1970 to 2199");
  return { kind: "dates", first, end };
}

function dateOf(text = ""): EpochDay | undefined {
  const [year, month, day] = text.split("-").map(Number);
  return epochDay(year ?? NaN, month ?? NaN, day ?? NaN);
}

function instants(from = "", to = ""): WindowForm | RangeError {
  const [start, end] = [parseInstant(from), parseInstant(to)];
  if (start === undefined || end === undefined) {
    return new RangeError("must have instants that exist, within the years 1970 to 2199");
  }
  if (end <= start) return new RangeError("must end after it begins");
  return end - start > MOST_DAYS * DAY ? tooLong() : { kind: "fixed", start, end };
}

function tooLong(): RangeError {
  return new RangeError(`must be at most ${MOST_DAYS} days long`);
}
