import { METHOD_NAMES } from "../../domain/method.ts";
import { GROUP_BY_FORM, whyNoGroups } from "../../domain/tags/group_by.ts";
import { pollLimits, whyTooLate } from "../../domain/polls/poll_limits.ts";
import { COMPARISONS, type ReportRequest, withDefaults } from "../../domain/report_request.ts";
import { parseTagFilter } from "../../domain/tags/tag_filter.ts";
import { parseTarget, TARGET_FORM } from "../../domain/targets/target.ts";
import { parseInstant } from "../../domain/time/instant.ts";
import { openTimezone } from "../../domain/time/timezone.ts";
import { windowFaults } from "../../domain/time/window_list.ts";
import type { ZoneRules } from "../../domain/time/zone_rules.ts";
import type { FormState } from "../calendar/form_state.ts";

/** What somebody typed and ticked in the form for a report. */
export interface FormValues {
  /** Fields with one value, by their names. */
  readonly texts: Readonly<Record<string, string>>;
  /** Ticked tags, as `key:value`. */
  readonly where: readonly string[];
  /** Ticked keys. */
  readonly groupBy: readonly string[];
}

export type Faults = FormState["faults"];

/** What decides whether a value can be used. */
export interface FormLimits {
  readonly zoneRules: ZoneRules;
  readonly maxPollAhead?: string | undefined;
}

/** Reads the body of a form; of several texts with one name the last one counts. */
export function formValues(body: Readonly<Record<string, unknown>>): FormValues {
  const listOf = (name: string) => [body[name]].flat().filter((value) => typeof value === "string");
  const texts = Object.keys(body).map((name): [string, string] => [name, listOf(name).at(-1) ?? ""]);
  return { texts: Object.fromEntries(texts), where: listOf("where"), groupBy: listOf("group_by") };
}

/** Turns a form into a request, or says for each field why that is not possible. */
export function readForm(values: FormValues, limits: FormLimits): { request: ReportRequest } | { faults: Faults } {
  const faults: Record<string, string> = {};
  const read = <Value>(field: string, value: Value | Unreadable): Value | undefined => {
    if (!(value instanceof Unreadable)) return value;
    faults[field] = value.why;
    return undefined;
  };
  const request = withDefaults({
    asOf: read("as_of", readTime(values.texts.as_of ?? "", limits)),
    method: read("method", readMethod(values.texts.method)),
    precision: read("precision", readPrecision(values.texts.precision)),
    windows: read(windowsField(values.texts), readWindows(values.texts)),
    calendar: read("calendar", readCalendar(values.texts.calendar ?? "", limits)),
    where: read("where", readTags(values.where)),
    groupBy: read("group_by", readGroups(values.groupBy)),
    compare: read("compare", readComparison(values.texts.compare ?? "")),
    targetPercent: read("target_percent", readTarget(values.texts.target_percent ?? "")),
  });
  return Object.keys(faults).length === 0 ? { request } : { faults };
}

/** A value that cannot be used. */
class Unreadable {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

/** A datetime-local has no zone: the form says that it means UTC. Browsers leave out seconds that are 0. */
function readTime(text: string, { maxPollAhead }: FormLimits): number | undefined | Unreadable {
  if (text === "") return undefined;
  const asOf = parseInstant(/T\d\d:\d\d$/.test(text) ? `${text}:00Z` : `${text}Z`);
  if (asOf === undefined) return new Unreadable(`“${text}” is not a date and time such as 2026-10-31T18:00.`);
  const tooLate = whyTooLate(asOf, pollLimits(Date.now() * 1000, maxPollAhead));
  return tooLate === undefined ? asOf : new Unreadable(`The time ${tooLate}. Choose an earlier one.`);
}

function readMethod(text: string | undefined) {
  return METHOD_NAMES.find((name) => name === text) ?? new Unreadable("Choose one of these methods.");
}

function readPrecision(text = ""): number | Unreadable {
  return /^[0-6]$/.test(text) ? Number(text) : new Unreadable("Choose 0 to 6 decimal places.");
}

/** The field whose windows count. */
function windowsField({ other_windows: others = "" }: FormValues["texts"]): "windows" | "other_windows" {
  return others.trim() === "" ? "windows" : "other_windows";
}

function readWindows(texts: FormValues["texts"]): string[] | undefined | Unreadable {
  const text = texts[windowsField(texts)] ?? "";
  if (text.trim() === "") return undefined;
  const names = text.split(",").map((name) => name.trim());
  const [fault] = windowFaults(names);
  if (fault === undefined) return names;
  const { window, reason } = fault;
  return new Unreadable(`${window === undefined ? "The list" : `“${window}”`} ${reason}.`);
}

function readCalendar(text: string, { zoneRules }: FormLimits): string | undefined | Unreadable {
  const name = text.trim();
  if (name === "") return undefined;
  if (!zoneRules.zones.has(name.toLowerCase())) {
    return new Unreadable(`“${name}” is not an IANA time zone such as Europe/Berlin.`);
  }
  // As the rules spell it: the same calendar is the same request.
  return openTimezone(name, zoneRules).id;
}

function readTags(texts: readonly string[]) {
  if (texts.length === 0) return undefined;
  const filter = parseTagFilter(texts);
  return typeof filter === "string" ? new Unreadable(`The filter by tags ${filter}.`) : filter;
}

function readGroups(keys: readonly string[]): readonly string[] | Unreadable {
  const why = whyNoGroups(keys);
  return why === undefined ? keys : new Unreadable(`Groups: ${why}. Choose ${GROUP_BY_FORM}.`);
}

function readComparison(text: string) {
  if (text === "") return undefined;
  return COMPARISONS.find((name) => name === text) ?? new Unreadable(`“${text}” is not a comparison such as previous.`);
}

function readTarget(text: string): string | undefined | Unreadable {
  if (text.trim() === "") return undefined;
  return parseTarget(text.trim()) ?? new Unreadable(`“${text.trim()}” is not ${TARGET_FORM}.`);
}
