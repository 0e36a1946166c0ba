import type { Interval, Micros } from "./interval.ts";
import type { EpochDay } from "./timezone.ts";

/** The name of a window, just as the request gives it. Results have it, too. */
export type WindowName = string;

/** A window as somebody asks for it. When it is, follows from as-of, the method and a calendar: `windowAt`. */
export type AskedWindow = {
  readonly name: WindowName;
  /** Not the window itself, but the one just before it, which it is compared with. */
  readonly isPrevious?: boolean;
} & WindowForm;

/** What a window's name says. */
export type WindowForm = ElapsedWindow | FixedWindow | DatesWindow | CurrentWindow;

/** Elapsed time up to as-of, whatever clocks did. */
export interface ElapsedWindow {
  readonly kind: "elapsed";
  readonly length: Micros;
}

/** From one instant to another. */
export interface FixedWindow extends Interval {
  readonly kind: "fixed";
}

/** Dates of a calendar. */
export interface DatesWindow {
  readonly kind: "dates";
  readonly first: EpochDay;
  /** Not included. */
  readonly end: EpochDay;
  /** Set if they are a month: the one before has its own length. */
  readonly unit?: "month";
}

/** The day, week or month of a calendar in which as-of lies, or the one before. */
export interface CurrentWindow {
  readonly kind: "current";
  readonly unit: "day" | "week" | "month";
  /** 0: the one in which as-of lies. 1: the one before. */
  readonly back: 0 | 1;
}

/** Whether a calendar decides when a window is, so that stores of several zones may have it at several times. */
export function isByCalendar({ kind }: WindowForm): boolean {
  return kind === "dates" || kind === "current";
}
