import type { Micros } from "./time/interval.ts";
import { type Method, type MethodName, METHODS } from "./method.ts";
import { DEFAULT_STALE_AFTER } from "./polls/stale_after.ts";
import { CLASSIC_WINDOWS, type WindowName } from "./time/window.ts";

/** What somebody asks of a report: one value from the door to the worker and into the report's row. */
export interface ReportRequest {
  /** Undefined: the latest poll of all stores when the report starts. */
  readonly asOf: Micros | undefined;
  readonly method: MethodName;
  /** How long a store counts as observed after a poll. */
  readonly staleAfter: Micros;
  /** What the report measures, in the order of its rows. */
  readonly windows: readonly WindowName[];
  /** Digits after the decimal point in files, 0 to 6. */
  readonly precision: number;
}

/** A request whose as-of is known. Nothing else decides a store's measures. */
export interface ResolvedRequest extends ReportRequest {
  readonly asOf: Micros;
}

/** What decides a store's measures: a resolved request, with the method itself in place of its name. */
export interface Measuring extends Pick<ResolvedRequest, "asOf" | "staleAfter" | "windows"> {
  readonly method: Method;
}

export function measuringOf({ asOf, staleAfter, windows, method }: ResolvedRequest): Measuring {
  return { asOf, staleAfter, windows, method: METHODS[method] };
}

/** What a report is where the request says nothing. */
export const DEFAULT_REQUEST: ReportRequest = {
  asOf: undefined,
  method: "step",
  staleAfter: DEFAULT_STALE_AFTER,
  windows: CLASSIC_WINDOWS,
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
    precision: asked.precision ?? DEFAULT_REQUEST.precision,
  };
}
