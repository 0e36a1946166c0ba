import type { Random, Weighted } from "./random.ts";

/** A row of the hours file, as text. */
export interface HoursRow {
  /** 0 = Monday … 6 = Sunday */
  readonly day: number;
  readonly start: string;
  readonly end: string;
}

/** What a store does on a day that it opens: a row each, some of them on the day after. */
type Shift = readonly { readonly start: string; readonly end: string; readonly nextDay?: true }[];
type ShiftKind = (random: Random) => Shift;

/** The kinds of a store's usual days and of its Fridays and Saturdays. */
interface WeekKind {
  readonly usual: ShiftKind;
  readonly weekend: ShiftKind;
}

/**
 * Times of day with the number of rows, in hundreds, that have them in the real export. All starts are before all ends,
 * and all closing times of a night before the next start.
 */
const STARTS: Weighted<string> = [
  ["11:00:00", 207],
  ["10:00:00", 80],
  ["06:00:00", 80],
  ["07:00:00", 51],
  ["08:00:00", 40],
  ["10:30:00", 28],
  ["12:00:00", 25],
  ["11:30:00", 24],
  ["09:00:00", 22],
  ["17:00:00", 16],
  ["16:00:00", 14],
  ["06:30:00", 8],
  ["07:30:00", 7],
  ["10:15:00", 2],
  ["08:05:00", 1],
];
const ENDS: Weighted<string> = [
  ["22:00:00", 66],
  ["21:00:00", 62],
  ["23:00:00", 50],
  ["20:00:00", 37],
  ["21:30:00", 36],
  ["20:30:00", 27],
  ["19:00:00", 22],
  ["22:30:00", 19],
  ["23:30:00", 17],
  ["20:45:00", 14],
  ["19:30:00", 12],
  ["21:45:00", 11],
  ["23:45:00", 7],
];
const NIGHT_ENDS: Weighted<string> = [
  ["01:00:00", 26],
  ["02:00:00", 23],
  ["03:00:00", 10],
  ["01:30:00", 5],
  ["04:00:00", 5],
  ["01:45:00", 4],
  ["02:30:00", 4],
  ["00:29:00", 3],
  ["04:45:00", 2],
];
const LAST_MINUTE: Weighted<string> = [["23:59:00", 2], ["23:59:59", 1]];

const byDay: ShiftKind = (random) => [{ start: random.pick(STARTS), end: random.pick(ENDS) }];
const toMidnight: ShiftKind = (random) => [{ start: random.pick(STARTS), end: random.pick(LAST_MINUTE) }];
const allDay: ShiftKind = (random) => [{ start: "00:00:00", end: random.pick(LAST_MINUTE) }];
const overnight: ShiftKind = (random) => [{ start: random.pick(STARTS), end: random.pick(NIGHT_ENDS) }];
const splitNight: ShiftKind = (random) => [
  { start: random.pick(STARTS), end: "23:59:59" },
  { start: "00:00:00", end: random.pick(NIGHT_ENDS), nextDay: true },
];
const lunchBreak: ShiftKind = (random) => [
  { start: "11:00:00", end: "15:00:00" },
  { start: "17:00:00", end: random.pick(ENDS.slice(0, 5)) },
];
const lunchBreakAndNight: ShiftKind = (random) => [
  { start: "11:00:00", end: "15:00:00" },
  ...splitNight(random).map((row, index) => index === 0 ? { ...row, start: "17:00:00" } : row),
];
const tenMinutes: ShiftKind = () => [{ start: "00:00:00", end: "00:10:00" }];

/** In a thousand stores; so that 15.7 % of the days have two or three rows, as in the real export. */
const WEEKS: Weighted<WeekKind> = [
  [{ usual: byDay, weekend: byDay }, 549],
  [{ usual: allDay, weekend: allDay }, 146],
  [{ usual: splitNight, weekend: splitNight }, 138],
  [{ usual: toMidnight, weekend: toMidnight }, 84],
  [{ usual: byDay, weekend: splitNight }, 45],
  [{ usual: lunchBreak, weekend: lunchBreak }, 20],
  [{ usual: overnight, weekend: overnight }, 8],
  [{ usual: byDay, weekend: overnight }, 5],
  [{ usual: tenMinutes, weekend: tenMinutes }, 3],
  [{ usual: lunchBreakAndNight, weekend: lunchBreakAndNight }, 2],
];

const DAYS_OFF: Weighted<number> = [[0, 790], [1, 153], [2, 37], [6, 13], [3, 4], [4, 3]];
const DAY_OFF: Weighted<number> = [[6, 29], [0, 24], [1, 14], [5, 11], [2, 8], [3, 7], [4, 7]];

/** The hours of a store that has some: its rows stand together, the weekdays in no order. */
export function sampleHours(random: Random): HoursRow[] {
  const { usual, weekend } = random.pick(WEEKS);
  const usually = usual(random);
  // Two stores in three keep the same times all week.
  const onWeekends = usual === weekend && random.chance(2, 3) ? usually : weekend(random);
  const off = daysOff(random);
  const rows: HoursRow[] = [];
  for (const day of random.order(7)) {
    if (off.has(day)) continue;
    for (const { start, end, nextDay } of isWeekend(day) ? onWeekends : usually) {
      rows.push({ day: nextDay ? (day + 1) % 7 : day, start, end });
    }
  }
  return rows;
}

function daysOff(random: Random): Set<number> {
  const count = random.pick(DAYS_OFF);
  const off = new Set<number>();
  while (off.size < count) off.add(random.pick(DAY_OFF));
  return off;
}

/** The nights that are long are those of Friday and Saturday. */
function isWeekend(day: number): boolean {
  return day === 4 || day === 5;
}
