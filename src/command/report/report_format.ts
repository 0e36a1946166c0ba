import { type RenderedFormat, RENDERERS } from "../../export/renderers.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { CLASSIC_WINDOWS, hasClassicWindows } from "../../domain/time/window_list.ts";
import { Misuse } from "../run.ts";

/** What `--out` can be: `csv` is the classic CSV. */
export type ReportFormat = "csv" | RenderedFormat;

export const REPORT_FORMATS: readonly ReportFormat[] = ["csv", ...keysOf(RENDERERS)];

function keysOf<Key extends string>(of: Readonly<Record<Key, unknown>>): Key[] {
  const isKey = (name: string): name is Key => Object.hasOwn(of, name);
  return Object.keys(of).filter(isKey);
}

/** What the name of a file says, as downloads are called. The first one that fits counts. */
const ENDINGS: readonly (readonly [RegExp, RenderedFormat])[] = [
  [/\.xlsx$/i, "xlsx"],
  [/\.parquet$/i, "parquet"],
  [/\btotals\.csv$/i, "totals-csv"],
  [/\btotals\.(ndjson|jsonl)$/i, "totals-ndjson"],
  [/\.(ndjson|jsonl)$/i, "ndjson"],
  [/\brows\.csv$/i, "rows-csv"],
];

/** What a file gets. */
export interface Output {
  readonly path: string;
  readonly format: ReportFormat;
}

interface Asked {
  readonly out?: string | undefined;
  readonly format?: ReportFormat | undefined;
}

/**
 * Decides what to write where. Without a format, the name of the file decides; another name gets the classic CSV, or `rows-csv` if the report
 * lacks one of its windows.
 *
 * @throws {Misuse} if there is a format without a file, or the report has no classic CSV
 */
export function outputOf({ out: path, format }: Asked, windows: readonly WindowName[]): Output | undefined {
  const hasClassic = hasClassicWindows(windows);
  if (path === undefined) {
    if (format === undefined) return undefined;
    throw new Misuse(`--format ${format} needs a file to write: add --out <file>`);
  }
  if (format === "csv" && !hasClassic) {
    throw new Misuse(
      `--format csv is the classic CSV, which needs the windows ${CLASSIC_WINDOWS.join(", ")}: take rows-csv`,
    );
  }
  const named = ENDINGS.find(([ending]) => ending.test(path))?.[1];
  return { path, format: format ?? named ?? (hasClassic ? "csv" : "rows-csv") };
}
