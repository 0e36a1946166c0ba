import type { Report } from "../../db/reports/report.ts";
import { DEFAULT_REQUEST } from "../../domain/report_request.ts";
import type { TagFilter } from "../../domain/tags/tag_filter.ts";
import type { WindowName } from "../../domain/time/asked_window.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import type { Micros } from "../../domain/time/interval.ts";
import { isNamedByCalendar } from "../../domain/time/parse_window.ts";

/** What a download has of a report, as its address ends. */
export type ReportPart =
  | "report.csv"
  | "performance.csv"
  | "rows.csv"
  | "rows.ndjson"
  | "rows.parquet"
  | "report.xlsx"
  | "totals.csv"
  | "totals.ndjson";

type Named = Pick<Report, "asOf" | "request">;

/**
 * A name that tells a person which report this is: `storewatch-2026-W43-by-region.xlsx`. It has the window, or else as-of; a method that is not
 * the usual one; which stores, and how they are grouped. The classic CSV always has as-of.
 */
export function reportFileName(report: Named, part: ReportPart): string {
  const { method } = report.request;
  const usual = method === DEFAULT_REQUEST.method ? [] : [method];
  if (part === "report.csv" || part === "performance.csv") {
    return ["storewatch", ...stamp(report.asOf), ...usual, part].join("-");
  }
  const words = ["storewatch", ...whenWords(report), ...usual, ...whereWords(report), ...groupWords(report, part)];
  const name = words.join("-");
  return part === "report.xlsx" ? `${name}.xlsx` : `${name}-${part}`;
}

/** A window with dates in its name says when it is. Another one, or several, need as-of. */
function whenWords({ asOf, request: { windows } }: Named): string[] {
  const [window, second] = windows;
  if (window === undefined || second !== undefined) return stamp(asOf);
  if (/^\d/.test(window)) return [inFileName(window)];
  return [window, ...stamp(asOf, window)];
}

/** As-of to the minute; to the day for a window of whole days. */
function stamp(asOf: Micros | undefined, window: WindowName = ""): string[] {
  if (asOf === undefined) return [];
  const shown = isNamedByCalendar(window) ? "2023-01-25" : "2023-01-25T18:13";
  return [inFileName(formatInstant(asOf).slice(0, shown.length))];
}

/** Bytes: file systems take names of 255. Of a longer filter, or of longer groups, a name says only that there are some. */
const LONGEST_WORDS = 60;

function unlessLong(words: string, instead: string): string {
  return new TextEncoder().encode(words).length > LONGEST_WORDS ? instead : words;
}

function whereWords({ request: { where } }: Named): string[] {
  if (where === undefined) return [];
  return [unlessLong(inFileName(filterWords(where)), "filtered")];
}

/** `region-West+East` */
function filterWords(where: TagFilter): string {
  return Object.entries(where).map(([key, values]) => `${key}-${values.join("+")}`).join("-");
}

/** Rows are stores, whatever their groups. */
function groupWords({ request: { groupBy, compare } }: Named, part: ReportPart): string[] {
  const groups = groupBy.length > 0 && !part.startsWith("rows.")
    ? [unlessLong(`by-${groupBy.join("-and-")}`, "grouped")]
    : [];
  return compare === undefined ? groups : [...groups, `with-${compare}`];
}

/** What file systems refuse, and signs that show a name in another order than it has. */
const UNFIT = /[/\\:*?"<>|%\p{Cc}\p{Bidi_Control}]+/gu;

/** Between two dates, ISO 8601 writes two hyphens where a slash cannot be. */
function inFileName(text: string): string {
  return text.replaceAll(/\/(?=\d)/g, "--").replaceAll(UNFIT, "-").replaceAll(/\s+/g, "_");
}
