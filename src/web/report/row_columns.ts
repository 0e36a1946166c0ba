import type { Micros } from "../../domain/time/interval.ts";
import type { Measure } from "../../domain/measures/measures.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { mainWindow } from "../../domain/time/window_list.ts";
import { previousOf, withoutPrevious } from "../../domain/time/previous_window.ts";
import { windowUnit } from "../../domain/time/window_words.ts";

/** A column of the table of rows. */
export interface RowColumn {
  /** As the page's address names it. */
  readonly key: string;
  readonly label: string;
  readonly window: WindowName;
  readonly measure: Measure;
  readonly unit: Micros;
}

/** The columns of a report's windows, two for each. */
export interface RowColumns {
  /** Of the window that counts most, beside its uptime, so that a phone shows it. */
  readonly main: readonly RowColumn[];
  /** Of the others, from the last one that was asked for to the first: mostly from the longest to the shortest. */
  readonly others: readonly RowColumn[];
}

/** The columns of a report with some windows. Those that they are compared with are in its files: they would take as much room again. */
export function rowColumns(windows: readonly WindowName[]): RowColumns {
  const main = mainWindow(windows);
  return {
    main: columnsOf(main),
    others: otherWindows(windows).flatMap(columnsOf),
  };
}

/** The windows beside the main one, in the order of their columns. */
export function otherWindows(windows: readonly WindowName[]): WindowName[] {
  const main = mainWindow(windows);
  return withoutPrevious(windows).filter((window) => window !== main).toReversed();
}

/** The window that the main one is compared with, if the report has it. */
export function windowBefore(windows: readonly WindowName[]): WindowName | undefined {
  const before = previousOf(mainWindow(windows));
  return windows.find((window) => window === before);
}

/** The key of the column that rows are sorted by if nobody says otherwise: what lost most comes first. */
export function presetKey(windows: readonly WindowName[]): string {
  return downKey(mainWindow(windows));
}

function downKey(window: WindowName): string {
  return `downtime_${window}`;
}

function columnsOf(window: WindowName): RowColumn[] {
  const { unit } = windowUnit(window);
  return [
    { key: `uptime_${window}`, label: "up", window, measure: "up", unit },
    { key: downKey(window), label: "down", window, measure: "down", unit },
  ];
}
