import { DAY, HOUR, type Micros, MINUTE, SECOND } from "../domain/time/interval.ts";
import { LAST_YEAR, type OffsetChange } from "../domain/time/zone_rules.ts";

/** What a zone's clock does year after year, as a text such as `CET-1CEST,M3.5.0,M10.5.0/3` says it. */
export interface PosixRule {
  readonly standard: Micros;
  readonly summer?: Summer;
}

interface Summer {
  readonly offset: Micros;
  readonly begins: DayAndTime;
  readonly ends: DayAndTime;
}

/** A moment of each year on the wall clock. */
interface DayAndTime {
  /** Midnight of the day in a year, as if in UTC. */
  dayIn(year: number): Micros;
  readonly time: Micros;
}

const NAME = "(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]+>)";
const TIME = "[+-]?\\d{1,3}(?::\\d{2}){0,2}";
const DATE = `(?:M\\d{1,2}\\.\\d\\.\\d|J?\\d{1,3})(?:/${TIME})?`;
const RULE = new RegExp(`^${NAME}(${TIME})(?:${NAME}(${TIME})?(?:,(${DATE}),(${DATE}))?)?$`);
const HAS_SUMMER = new RegExp(`^${NAME}${TIME}${NAME}`);

/** What holds where a rule names a summer time without its days. */
const USUAL_DAYS = ["M3.2.0", "M11.1.0"] as const;

/**
 * Reads the rule at the end of a compiled zone file (RFC 9636, section 3.3).
 *
 * @throws {SyntaxError} if the text is not such a rule
 */
export function parsePosixRule(text: string): PosixRule {
  const [whole, behind, summerBehind, begins = USUAL_DAYS[0], ends = USUAL_DAYS[1]] = RULE.exec(text) ?? [];
  if (whole === undefined || behind === undefined) {
    throw new SyntaxError(`"${text}" is not a rule such as EST5EDT,M3.2.0,M11.1.0`);
  }
  // POSIX counts hours behind UTC.
  const standard = 0 - readTime(behind);
  if (!HAS_SUMMER.test(text)) return { standard };
  const offset = summerBehind === undefined ? standard + HOUR : 0 - readTime(summerBehind);
  return { standard, summer: { offset, begins: readDay(begins), ends: readDay(ends) } };
}

function readTime(text: string): Micros {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, "").split(":").map(Number);
  const length = hours * HOUR + minutes * MINUTE + seconds * SECOND;
  return text.startsWith("-") ? -length : length;
}

function readDay(text: string): DayAndTime {
  const [date = "", clock = "02:00:00"] = text.split("/");
  const time = readTime(clock);
  const [first = 0, week = 0, weekday = 0] = date.replace(/^[MJ]/, "").split(".").map(Number);
  if (date.startsWith("M")) return { time, dayIn: (year) => weekdayOfMonth(year, first - 1, { week, weekday }) };
  if (!date.startsWith("J")) return { time, dayIn: (year) => midnight(year, 0, 1 + first) };
  // J counts days from 1 and leaves 29 February out.
  return { time, dayIn: (year) => midnight(year, 0, first + (first > 59 && isLeap(year) ? 1 : 0)) };
}

/** The first, second … weekday of a month; the fifth is the last one. 0 = Sunday. */
function weekdayOfMonth(year: number, month: number, { week, weekday }: { week: number; weekday: number }): Micros {
  const first = midnight(year, month, 1);
  const day = first + ((weekday - new Date(first / 1000).getUTCDay() + 7) % 7 + (week - 1) * 7) * DAY;
  return day < midnight(year, month + 1, 1) ? day : day - 7 * DAY;
}

function midnight(year: number, month: number, day: number): Micros {
  return Date.UTC(year, month, day) * 1000;
}

function isLeap(year: number): boolean {
  return new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
}

/** The changes by a rule from a year on, as far as rules are listed, in the order of time. */
export function changesByRule({ standard, summer }: PosixRule, firstYear: number): OffsetChange[] {
  if (summer === undefined) return [];
  const { offset, begins, ends } = summer;
  const changes: OffsetChange[] = [];
  for (let year = firstYear; year <= LAST_YEAR; year++) {
    const spring = { at: begins.dayIn(year) + begins.time - standard, offset };
    const autumn = { at: ends.dayIn(year) + ends.time - offset, offset: standard };
    changes.push(...spring.at < autumn.at ? [spring, autumn] : [autumn, spring]);
  }
  return changes;
}
