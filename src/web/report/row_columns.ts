import { HOUR, type Micros, MINUTE } from "../../domain/time/interval.ts";
import type { Measure } from "../../domain/measures/measures.ts";
import type { WindowName } from "../../domain/time/window.ts";

/** A column of the table of rows. */
export interface RowColumn {
  /** As the page's address names it. */
  readonly key: string;
  readonly label: string;
  readonly window: WindowName;
  readonly measure: Measure;
  readonly unit: Micros;
}

/** From the week to the hour, so that a phone shows first what matters most. */
export const ROW_COLUMNS: readonly RowColumn[] = [
  { key: "uptime_last_week", label: "up", window: "last_week", measure: "up", unit: HOUR },
  { key: "downtime_last_week", label: "down", window: "last_week", measure: "down", unit: HOUR },
  { key: "uptime_last_day", label: "up", window: "last_day", measure: "up", unit: HOUR },
  { key: "downtime_last_day", label: "down", window: "last_day", measure: "down", unit: HOUR },
  { key: "uptime_last_hour", label: "up", window: "last_hour", measure: "up", unit: MINUTE },
  { key: "downtime_last_hour", label: "down", window: "last_hour", measure: "down", unit: MINUTE },
];

/** Bounds and coverage stand behind the week: a phone has room for the week's hours beside its uptime. */
export const WEEK_COLUMNS = ROW_COLUMNS.filter(({ window }) => window === "last_week");
export const OTHER_COLUMNS = ROW_COLUMNS.filter(({ window }) => window !== "last_week");
