import type { StagedHours } from "../../db/stores/stage_hours.ts";
import type { Fault } from "../faults/fault.ts";
import { OPENING_HOURS } from "../values/opening_hours_text.ts";
import { type Note, Unreadable } from "../values/value.ts";
import type { EntryList } from "../entries/entry_list.ts";
import { faultAt, field, isMissing, items, type Located } from "./located.ts";
import { dateOf, readDates } from "./schema_dates.ts";
import { daysOf, openingsOfDays, timesOf } from "./schema_specification.ts";
import { readName } from "./store_name.ts";
import type { StoreOf } from "../entries/entry.ts";
import type { IdField } from "./store_of.ts";
import { WeekCheck } from "./week_check.ts";

/** Fields by which a place of schema.org is known. */
export const SCHEMA_FIELDS = ["openingHours", "openingHoursSpecification", "specialOpeningHoursSpecification"] as const;

export const SCHEMA_READ: readonly string[] = [
  ...SCHEMA_FIELDS,
  "branchCode",
  "identifier",
  "@id",
  "@type",
  "@context",
  "name",
];

export const SCHEMA_IDS: readonly IdField[] = [
  { name: "branchCode" },
  { name: "identifier", inner: "value" },
  { name: "@id" },
];

const TEXT_PASSED_OVER = {
  code: "opening_hours_passed_over",
  message: "A place has openingHours and openingHoursSpecification: the latter was read",
};

/** Reads the hours, the special hours and the name that a place has for its store. */
export function readSchema(place: Located, store: StoreOf, list: EntryList): void {
  const check = new WeekCheck();
  const [text, weekly] = [field(place, "openingHours"), items(field(place, "openingHoursSpecification"))];
  if (weekly.length === 0) {
    for (const found of items(text)) {
      list.read("hours", store, (storeId, note) => weekOf(found, { storeId, note, check }));
    }
  } else if (!isMissing(text)) list.note(TEXT_PASSED_OVER);
  for (const specification of weekly) {
    if (isMissing(field(specification, "validThrough"))) {
      list.read("hours", store, (storeId, note) => specifiedWeek(specification, { storeId, note, check }));
    } else readDates(specification, store, list);
  }
  for (const specification of items(field(place, "specialOpeningHoursSpecification"))) {
    readDates(specification, store, list);
  }
  readName(field(place, "name"), store, list);
}

interface WeekContext {
  readonly storeId: string;
  readonly note: Note;
  readonly check: WeekCheck;
}

const NOT_TEXT = new Unreadable("hours_not_text", "is not a text such as Mo-Fr 09:00-17:00");

function weekOf(found: Located, { storeId, note, check }: WeekContext): StagedHours | Fault {
  const days = typeof found.value === "string" ? OPENING_HOURS.read(found.value.trim(), note) : NOT_TEXT;
  const fault = days instanceof Unreadable ? days : check.faultOf(days);
  if (days instanceof Unreadable || fault !== undefined) return faultAt(found, fault ?? NOT_TEXT);
  return { storeId, validFrom: undefined, openings: [...days.values()].flat() };
}

const NO_DAY = new Unreadable("day_missing", "is missing: weekly hours need the days for which they are");

/** A specification without an end: it holds every week, perhaps from a date on. */
function specifiedWeek(specification: Located, { storeId, note, check }: WeekContext): StagedHours | Fault {
  const days = daysOf(specification, note);
  if (!Array.isArray(days)) return days;
  const naming = field(specification, "dayOfWeek");
  if (isMissing(naming)) return faultAt(naming, NO_DAY);
  const times = timesOf(specification, note);
  if (times !== undefined && "code" in times) return times;
  const said = openingsOfDays(days, times);
  if (said instanceof Unreadable) return faultAt(field(specification, "closes"), said);
  const beginning = field(specification, "validFrom");
  const validFrom = isMissing(beginning) ? undefined : dateOf(beginning);
  if (typeof validFrom === "object") return validFrom;
  const fault = check.faultOf(said, validFrom);
  return fault === undefined
    ? { storeId, validFrom, openings: [...said.values()].flat() }
    : faultAt(specification, fault);
}
