import project from "../../../deno.json" with { type: "json" };
import { count, counted } from "../../domain/counted.ts";
import { decimal } from "../../domain/decimal.ts";
import { formatInstant } from "../../domain/time/instant.ts";
import { HOUR, type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";
import type { Difference } from "../../report/verify/difference.ts";
import type { ExplainedStore } from "../../report/verify/explain.ts";
import type { Verifiable, Verification } from "../../report/verify/verify_report.ts";

/** A verification in words. */
export function verificationLines(found: Verification, report: Verifiable, tzdata: string): string[] {
  const { rowsDiffer, storesDiffer, stores, differences } = found;
  const { result: { storeIds, windows }, request: { asOf } } = report;
  const rows = storeIds.length * windows.length;
  const named = `Report ${report.reportId}, as of ${formatInstant(asOf)}`;
  const changed = changedLines(found, report, tzdata);
  if (rowsDiffer === 0) {
    const lines = [`${named}: the report comes out the same now: all ${counted(rows, "row")} are equal`];
    return changed.length === 0
      ? lines
      : [...lines, "No row differs, but this changed since the report was made:", ...changed];
  }
  return [
    `${named}: ${count(rowsDiffer)} of ${counted(rows, "row")} differ now, of ${counted(storesDiffer, "store")}`,
    "Changed since the report was made:",
    ...changed,
    "",
    ...stores.flatMap(storeLines),
    ...storesDiffer > stores.length ? [`and ${counted(storesDiffer - stores.length, "more store")}`] : [],
    "",
    tableLine(["store", "window", "measure", "then", "now"]),
    ...differences.map(differenceLine),
  ];
}

const CAUSES = ["polls", "calendars", "tags", "tzdata", "version"] as const;

/** What changed: a line for each. */
function changedLines({ because }: Verification, { dependsOn, tzdata }: Verifiable, tzdataNow: string): string[] {
  const words = {
    polls: "polls that the report uses",
    calendars: "zones, hours, special hours or exclusions",
    tags: "names, tags, targets, sales, or which stores there are",
    tzdata: `the zone rules: ${tzdata ?? "unknown"} then, ${tzdataNow} now`,
    version: `the version of Storewatch: ${dependsOn.version} then, ${project.version} now`,
  };
  return CAUSES.filter((cause) => because[cause]).map((cause) => `  ${words[cause]}`);
}

/** A store, what happened to it, and the changes that the audit has. */
function storeLines({ storeId, because, polls, changes }: ExplainedStore): string[] {
  const causes = [
    ...because.has("polls") ? [polls === undefined ? "other polls" : pollWords(polls)] : [],
    ...because.has("calendars") ? ["another calendar"] : [],
    ...because.has("tags") ? ["another name, tag, target or sales, or it came or went"] : [],
  ];
  return [
    `${storeId}: ${causes.length === 0 ? "nothing of its own changed" : causes.join("; ")}`,
    ...changes.map(({ at, action, actor, subject }) =>
      `  ${formatInstant(at)} ${action}${subject === null ? "" : ` ${subject}`}, by ${actor}`
    ),
  ];
}

function pollWords({ then, now, late }: NonNullable<ExplainedStore["polls"]>): string {
  if (late === undefined) return `other polls: ${count(then)} used then, ${count(now)} now`;
  const first = formatInstant(late.first);
  return late.count === 1
    ? `a late poll, of ${first}`
    : `${count(late.count)} late polls, from ${first} to ${formatInstant(late.last)}`;
}

function differenceLine({ storeId, window, column, then, now }: Difference): string {
  return tableLine([storeId, window, column, valueWords(column, then), valueWords(column, now)]);
}

function valueWords(column: Difference["column"], value: Difference["then"]): string {
  if (value === undefined) return "no row";
  if (typeof value === "string") return value === "" ? "none" : value;
  if (column === "from" || column === "to") return formatInstant(value);
  return column === "outages" ? count(value) : exactLength(value);
}

/** `12:34:56.000001`: hours, minutes, seconds. Two lengths that differ never look the same. */
function exactLength(length: Micros): string {
  const [hours, minutes] = [Math.floor(length / HOUR), Math.floor(length % HOUR / MINUTE)];
  const seconds = decimal(length % MINUTE, SECOND, length % SECOND === 0 ? 0 : 6);
  return `${hours}:${String(minutes).padStart(2, "0")}:${seconds.padStart(seconds.includes(".") ? 9 : 2, "0")}`;
}

function tableLine([store = "", window = "", column = "", ...values]: readonly string[]): string {
  const cells = [store.padEnd(20), window.padEnd(16), column.padEnd(14), ...values.map((value) => value.padEnd(22))];
  return cells.join("  ").trimEnd();
}
