import type { Sql } from "../db/connection/client.ts";
import { hadPolls } from "../db/polls/count_polls.ts";
import { completedBefore } from "../db/reports/overview.ts";
import type { Report } from "../db/reports/report.ts";
import { isEnough } from "../domain/measures/coverage.ts";
import { percentagesOf } from "../domain/measures/percentage.ts";
import { totalOf } from "../domain/measures/totals.ts";
import { type Measuring, measuringOf, windowsBy } from "../domain/report_request.ts";
import type { WindowName } from "../domain/time/asked_window.ts";
import { UTC } from "../domain/time/timezone.ts";
import type { Window } from "../domain/time/window.ts";

/** Why a window of two reports cannot be compared. */
export type NotComparable = "the same time" | "before the first polls" | "mostly not observed";

/** The report to compare another one with. */
export interface EarlierReport {
  readonly report: Report;
  /** The windows whose numbers say little about what changed, and why. */
  readonly notComparable: ReadonlyMap<WindowName, NotComparable>;
}

/**
 * Finds the report to compare another one with. Two windows are compared if at least half of each was observed. Most methods count time
 * before the first poll as uptime, so a window that lies there says 100 % for stores that were never polled, so there is nothing to
 * compare with either.
 */
export async function findEarlierReport(sql: Sql, later: Report): Promise<EarlierReport | undefined> {
  const report = await completedBefore(sql, later);
  if (report === undefined) return undefined;
  const saw = await windowsSeen(sql, report);
  const notComparable = new Map<WindowName, NotComparable>();
  const same = sameTimes(report, later);
  for (const window of later.request.windows) {
    if (same.has(window)) notComparable.set(window, "the same time");
    else if (!saw.has(window)) notComparable.set(window, "before the first polls");
    else if (![report, later].every((each) => isObserved(each, window))) {
      notComparable.set(window, "mostly not observed");
    }
  }
  return { report, notComparable };
}

/** The windows that are the same time in both reports, such as the same month. */
function sameTimes(earlier: Report, later: Report): ReadonlySet<WindowName> {
  const before = roughWindows(measuringOfReport(earlier));
  const isSame = ({ start, end }: Window, other?: Window) => start === other?.start && end === other.end;
  return new Set(
    roughWindows(measuringOfReport(later)).filter((window, index) => isSame(window, before[index])).map(({ name }) =>
      name
    ),
  );
}

/** Leaves out the windows of a comparison: the other report may have them or not. */
function measuringOfReport({ request, asOf = 0 }: Report): Measuring {
  return measuringOf({ ...request, asOf, compare: undefined });
}

/** When the windows of a report are about: those by calendar as in UTC, whatever calendar they have. */
function roughWindows(measuring: Measuring): readonly Window[] {
  return windowsBy(measuring)(UTC);
}

/** Whether at least half of a window was observed. Reports of older versions do not say. */
function isObserved({ totals }: Report, window: WindowName): boolean {
  return isEnough(percentagesOf(totalOf(totals ?? [], window)).coverage);
}

/** The share of a window that may lie before the first poll: stores get their first polls one after the other. */
const MOST_UNSEEN = 0.1;

/** The windows whose numbers come from polls, and not from time before the first one. */
async function windowsSeen(sql: Sql, report: Report): Promise<ReadonlySet<WindowName>> {
  const measuring = measuringOfReport(report);
  // Where unobserved time counts as neither, any poll gives a number that comes from polls alone.
  const share = measuring.method.unobserved === "neither" ? 1 : MOST_UNSEEN;
  const latestFirst = roughWindows(measuring)
    .map(({ name, start, end }) => ({ name, needed: start + Math.floor((end - start) * share) }))
    .sort((a, b) => b.needed - a.needed);
  const saw = new Set<WindowName>();
  for (const { name, needed } of latestFirst) {
    // No poll up to here: none up to an earlier instant either.
    if (!(await hadPolls(sql, needed))) break;
    saw.add(name);
  }
  return saw;
}
