import type { Sql } from "../db/client.ts";
import { hadPolls } from "../db/fleet_facts.ts";
import { completedBefore } from "../db/report_overview.ts";
import type { Report } from "../db/reports.ts";
import type { Interval } from "../domain/interval.ts";
import { METHODS } from "../domain/method.ts";
import { type Windows, windowsBefore } from "../domain/window.ts";

/** The report to compare another one with. */
export interface EarlierReport {
  readonly report: Report;
  /** Whether its number of a window comes from polls, and not from time before the first one. */
  readonly saw: Record<keyof Windows, boolean>;
}

/**
 * Finds the report to compare another one with. Most methods count time before the first poll as uptime, so a window that
 * lies there says 100 % of stores that nobody had polled: there is nothing to compare with.
 */
export async function findEarlierReport(sql: Sql, later: Report): Promise<EarlierReport | undefined> {
  const report = await completedBefore(sql, later);
  return report && { report, saw: await windowsSeen(sql, report) };
}

/** The share of a window that may lie before the first poll: stores get their first polls one after the other. */
const MOST_UNSEEN = 0.1;

async function windowsSeen(sql: Sql, { asOf = 0, method: name }: Report): Promise<EarlierReport["saw"]> {
  const method = METHODS[name];
  const windows = windowsBefore(asOf, method);
  // Where unobserved time counts as neither, any poll gives a number that comes from polls alone.
  const share = method.unobserved === "neither" ? 1 : MOST_UNSEEN;
  const isSeen = ({ start, end }: Interval) => hadPolls(sql, start + Math.floor((end - start) * share));
  // Each window holds the one before it, so the first that is not seen decides for the others.
  const hour = await isSeen(windows.hour);
  const day = hour && await isSeen(windows.day);
  const week = day && await isSeen(windows.week);
  return { hour, day, week };
}
