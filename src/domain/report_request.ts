import { type TagFilter, tidyFilter } from "./tags/tag_filter.ts";
import type { Micros } from "./time/interval.ts";
import { type Method, type MethodName, METHODS } from "./method.ts";
import { DEFAULT_STALE_AFTER } from "./polls/stale_after.ts";
import type { AskedWindow, WindowName } from "./time/asked_window.ts";
import { askedWindows } from "./time/parse_window.ts";
import { previousOf } from "./time/previous_window.ts";
import { perTimezone } from "./time/per_timezone.ts";
import type { Timezone } from "./time/timezone.ts";
import { type Window, windowAt } from "./time/window.ts";
import { CLASSIC_WINDOWS } from "./time/window_list.ts";

/** What somebody asks of a report: one value from the door to the worker and into the report's row. */
export interface ReportRequest {
  /** Undefined: the latest poll of all stores when the report starts. */
  readonly asOf: Micros | undefined;
  readonly method: MethodName;
  /** How long a store counts as observed after a poll. */
  readonly staleAfter: Micros;
  /** What the report measures, in the order of its rows. `measuredWindows` has those that they are compared with, too. */
  readonly windows: readonly WindowName[];
  /** The zone by whose calendar the dates of all stores begin. Undefined: each store's own. */
  readonly calendar: string | undefined;
  /** The stores that the report is about, by their tags. Undefined: all stores. */
  readonly where: TagFilter | undefined;
  /** The tags by which totals are grouped. */
  readonly groupBy: readonly string[];
  /** What to measure beside each window: the one before it. */
  readonly compare: Comparison | undefined;
  /** The target of stores that have none of their own, as `parseTarget` gives it. */
  readonly targetPercent: string | undefined;
  /** Digits after the decimal point in files, 0 to 6. */
  readonly precision: number;
}

export const COMPARISONS = ["previous"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A request whose as-of is known. Nothing else decides a store's measures. */
export interface ResolvedRequest extends ReportRequest {
  readonly asOf: Micros;
}

/** What decides a store's measures: a resolved request, with the method, the windows and the calendar themselves in place of their names. */
export interface Measuring extends Pick<ResolvedRequest, "asOf" | "staleAfter"> {
  readonly method: Method;
  readonly windows: readonly AskedWindow[];
  /** Undefined: each store's own. */
  readonly calendar?: Timezone | undefined;
}

/** @param calendar the zone that the request names as its calendar, if it names one */
export function measuringOf(request: ResolvedRequest, calendar?: Timezone): Measuring {
  const { asOf, staleAfter, method } = request;
  return { asOf, staleAfter, windows: askedWindows(measuredWindows(request)), method: METHODS[method], calendar };
}

/** All windows that a report measures, in the order of its rows: each that was asked for, and the one that it is compared with. */
export function measuredWindows(
  { windows, compare }: Pick<ReportRequest, "windows" | "compare">,
): readonly WindowName[] {
  return compare === undefined ? windows : windows.flatMap((window) => [window, previousOf(window)]);
}

/** Says when the windows are for a store, by its zone. They are found once for each zone. */
export function windowsBy({ windows, calendar, ...ending }: Measuring): (timezone: Timezone) => readonly Window[] {
  return perTimezone((own) => windows.map((asked) => windowAt(asked, ending, calendar ?? own)));
}

/** What a report is where the request says nothing. */
export const DEFAULT_REQUEST: ReportRequest = {
  asOf: undefined,
  method: "step",
  staleAfter: DEFAULT_STALE_AFTER,
  windows: CLASSIC_WINDOWS,
  calendar: undefined,
  where: undefined,
  groupBy: [],
  compare: undefined,
  targetPercent: undefined,
  precision: 2,
};

/** What commands and pages propose to people, who read a number with its coverage. Clients of the interface get `DEFAULT_REQUEST`. */
export const PROPOSED_REQUEST: ReportRequest = { ...DEFAULT_REQUEST, method: "observed" };

type Asked = { readonly [Name in keyof ReportRequest]?: ReportRequest[Name] | undefined };

/** Completes a request from the defaults. */
export function withDefaults(asked: Asked): ReportRequest {
  return {
    asOf: asked.asOf ?? DEFAULT_REQUEST.asOf,
    method: asked.method ?? DEFAULT_REQUEST.method,
    staleAfter: asked.staleAfter ?? DEFAULT_REQUEST.staleAfter,
    windows: asked.windows ?? DEFAULT_REQUEST.windows,
    calendar: asked.calendar ?? DEFAULT_REQUEST.calendar,
    where: asked.where && tidyFilter(asked.where),
    groupBy: asked.groupBy ?? DEFAULT_REQUEST.groupBy,
    compare: asked.compare ?? DEFAULT_REQUEST.compare,
    targetPercent: asked.targetPercent ?? DEFAULT_REQUEST.targetPercent,
    precision: asked.precision ?? DEFAULT_REQUEST.precision,
  };
}
