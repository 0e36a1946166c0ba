import type { ExclusionValues } from "../../db/calendars/exclusions.ts";
import { formatInstant, parseInstant } from "../../domain/time/instant.ts";
import { ENDS_DIFFER, type ExclusionEnd, NOT_AFTER_FROM } from "../../ingest/values/exclusion_end.ts";
import { EXCLUSION_KIND } from "../../ingest/values/exclusion_kind.ts";
import { REASON } from "../../ingest/values/short_text.ts";
import { Unreadable, type ValueKind } from "../../ingest/values/value.ts";
import { invalid } from "../refusal.ts";
import { fault, readValue } from "./read_value.ts";

/** An exclusion as a form or a body gives it. */
export interface GivenExclusion {
  /** `2026-12-24T18:00` in each store's local time, or with `Z` or an offset. The same for `to`. */
  readonly from: string;
  readonly to: string;
  /** `planned`, `pause`, `platform` or `other`. */
  readonly kind: string;
  readonly reason: string;
}

const FORM = "write it as 2026-12-24T18:00 in each store's local time, or with Z or an offset behind it";
const UNREADABLE_END = new Unreadable("exclusion_end_unknown", `is not a date with a time, from 1970 to 2199: ${FORM}`);

const END: ValueKind<ExclusionEnd> = {
  read(text) {
    const instant = parseInstant(text);
    if (instant !== undefined) return { isLocal: false, at: instant };
    const wallTime = parseInstant(`${text}Z`);
    return wallTime === undefined ? UNREADABLE_END : { isLocal: true, at: wallTime };
  },
};

/** @throws {Refusal} naming what cannot be used */
export function readExclusion({ from, to, kind, reason }: GivenExclusion): ExclusionValues {
  const [start, end] = [readValue(END, "from", from), readValue(END, "to", to)];
  if (start.isLocal !== end.isLocal) throw invalid(fault("to", to, ENDS_DIFFER));
  if (end.at <= start.at) throw invalid(fault("to", to, NOT_AFTER_FROM));
  return {
    writtenFrom: from.trim(),
    writtenTo: to.trim(),
    isLocal: start.isLocal,
    from: start.at,
    to: end.at,
    kind: readValue(EXCLUSION_KIND, "kind", kind),
    reason: readValue(REASON, "reason", reason),
  };
}

/** An exclusion as everybody gets it: both ends in UTC, or in local time without a zone. */
export function shownExclusion({ from, to, isLocal, kind, reason }: ExclusionValues): GivenExclusion {
  return { from: shownEnd(from, isLocal), to: shownEnd(to, isLocal), kind, reason };
}

function shownEnd(at: number, isLocal: boolean): string {
  const text = formatInstant(at);
  return isLocal ? text.replace(/Z$/, "") : text;
}
