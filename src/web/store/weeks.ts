import type { Context } from "hono";
import { latestCompleted } from "../../db/reports/overview.ts";
import { METHOD_NAMES } from "../../domain/method.ts";
import { parseStaleAfter } from "../../domain/polls/stale_after.ts";
import { type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import { parseAsOf } from "../../domain/time/instant.ts";
import { DAY, type Interval, type Micros } from "../../domain/time/interval.ts";
import { isClassic, windowFaults } from "../../domain/time/window_list.ts";
import type { StoreTimeline } from "../../report/store_timeline.ts";
import type { WebDeps } from "../kit/deps.ts";

/**
 * What a store's page shows. The address chooses as-of, method, `stale_after`, windows and calendar; else the latest report does. What
 * cannot be understood is passed over.
 */
export async function askedRequest(c: Context, deps: Pick<WebDeps, "sql" | "zoneRules">): Promise<ReportRequest> {
  const method = METHOD_NAMES.find((name) => name === c.req.query("method"));
  const asOf = parseAsOf(c.req.query("as_of") ?? "");
  const staleAfter = parseStaleAfter(c.req.query("stale_after") ?? "");
  const windows = c.req.query("windows")?.split(",");
  const zone = deps.zoneRules.zones.get(c.req.query("calendar")?.toLowerCase() ?? "");
  const shown = {
    windows: windows === undefined || windowFaults(windows).length > 0 ? undefined : windows,
    calendar: zone?.id,
  };
  if (asOf !== undefined) return withDefaults({ asOf, method, staleAfter, ...shown });
  const latest = await latestCompleted(deps.sql);
  return withDefaults({
    asOf: latest?.asOf,
    method: method ?? latest?.request.method,
    staleAfter: staleAfter ?? latest?.request.staleAfter,
    ...shown,
  });
}

/** A page has room for a month of days. Its sums are those of the whole windows. */
const MOST_SHOWN = 31 * DAY;

export function shownSpan({ start, end }: Interval): Interval {
  return { start: Math.max(start, end - MOST_SHOWN), end };
}

/** Whether a page shows the week before as-of, so that there are weeks beside it. */
export function isWeek({ windows }: Pick<ReportRequest, "windows">): boolean {
  return isClassic(windows);
}

/** The as-ofs of the previous and the next week. Undefined where there is no more data. */
interface WeeksBeside {
  readonly before: Micros | undefined;
  readonly after: Micros | undefined;
}

/**
 * The next week ends no later than the latest poll of all stores, because later time has no data. There is a previous week
 * only if the store has polls before this one.
 */
export function weeksBeside(
  { request, firstPoll, span }: Pick<StoreTimeline, "request" | "firstPoll" | "span">,
  latest: Micros | undefined,
): WeeksBeside {
  const { asOf } = request;
  if (!isWeek(request)) return { before: undefined, after: undefined };
  const hasEarlier = firstPoll !== undefined && firstPoll < span.start;
  const hasLater = latest !== undefined && latest > asOf;
  return {
    before: hasEarlier ? asOf - 7 * DAY : undefined,
    after: hasLater ? Math.min(asOf + 7 * DAY, latest) : undefined,
  };
}
