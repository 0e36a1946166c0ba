import type { ZoneRule } from "../../domain/time/zone_rules.ts";
import { readUtcOffset } from "./utc_offset.ts";
import { isTooLong, NO_VALUE, type Note, TOO_LONG, Unreadable, type ValueKind } from "./value.ts";
import { windowsZone } from "./windows_zones.ts";
import { ABBREVIATIONS, US_TIMES } from "./zone_abbreviations.ts";
import { proposals } from "./zone_proposals.ts";

/** The zones of the rules in force, links included, by their names in lower case. */
export type ZoneNames = ReadonlyMap<string, Pick<ZoneRule, "id" | "offsets">>;

export const WINDOWS_ZONE = {
  code: "windows_zone",
  message: "A time zone has the name that Windows gives it: the IANA zone that Unicode's CLDR lists for it counts",
};
export const OFFSET_ZONE = {
  code: "offset_zone",
  message: "A time zone is an offset from UTC: east of Greenwich counts as positive, and clocks never change",
};

const MOST_REMEMBERED = 10_000;

/** A zone: an IANA name in any letter case, a Windows name or its display name, or an offset, in this order. */
export function timezoneKind(zones: ZoneNames): ValueKind<string> {
  // Many stores share few zones.
  const remembered = new Map<string, Found>();
  return {
    read(text, note) {
      const known = remembered.get(text);
      if (known !== undefined) return known(note);
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      const found = find(text, zones);
      remembered.set(text, found);
      return found(note);
    },
  };
}

type Found = (note: Note) => string | Unreadable;

function find(text: string, zones: ZoneNames): Found {
  if (isTooLong(text)) return () => TOO_LONG;
  const iana = zones.get(text.toLowerCase());
  if (iana !== undefined) return () => iana.id;
  const windows = findWindows(text, zones);
  if (windows instanceof Unreadable) return () => windows;
  if (windows !== undefined) return noting(windows, WINDOWS_ZONE);
  const offset = readUtcOffset(text) ?? faultOf(text, zones);
  return typeof offset === "string" ? noting(offset, OFFSET_ZONE) : () => offset;
}

function findWindows(text: string, zones: ZoneNames): string | Unreadable | undefined {
  const windows = windowsZone(text);
  const iana = zones.get(windows?.zone.toLowerCase() ?? "");
  // Older versions of Windows knew other offsets, but all are some that the zone had.
  if (windows?.offset === undefined || iana === undefined || iana.offsets.includes(windows.offset)) return iana?.id;
  return new Unreadable(
    "zone_contradicts",
    `has an offset that ${iana.id} never had: write the name alone, or ${iana.id}`,
  );
}

function noting(zone: string, kind: Parameters<Note>[0]): Found {
  return (note) => {
    note(kind);
    return zone;
  };
}

const LIKE_THIS = "write an IANA name such as America/New_York";

function faultOf(text: string, zones: ZoneNames): Unreadable {
  if (text === "") return new Unreadable("zone_empty", `is empty: ${LIKE_THIS}`);
  if (NO_VALUE.test(text)) {
    return new Unreadable("zone_missing", `says that there is no value: ${LIKE_THIS}, or leave the row out`);
  }
  const meant = ABBREVIATIONS[text.toUpperCase()];
  if (meant !== undefined) {
    return new Unreadable("zone_abbreviation", `is an abbreviation, not the name of a zone: write ${listOf(meant)}`);
  }
  const american = US_TIMES[text.toUpperCase().replace(/ TIME$/, "")];
  if (american !== undefined) {
    return new Unreadable("zone_us_time", `is not the whole name of a zone: write ${listOf(american)}`);
  }
  if (/daylight|summer/i.test(text)) {
    return new Unreadable(
      "zone_half_year",
      `names the time of half a year: ${LIKE_THIS}, which knows summer and winter`,
    );
  }
  if (/^[+-]?\d/.test(text) || /^(?:UTC|GMT).*\d/i.test(text)) {
    return new Unreadable(
      "zone_bad_offset",
      `is not an offset from UTC: write it as +05:30 or UTC+3, or ${LIKE_THIS.slice(6)}`,
    );
  }
  const near = proposals(text, [...zones.values()].map(({ id }) => id));
  return near.length === 0
    ? new Unreadable("zone_unknown", `is not a time zone: ${LIKE_THIS}`)
    : new Unreadable("zone_unknown", `is not a time zone: perhaps ${listOf(near)}`);
}

const OR = new Intl.ListFormat("en-GB", { type: "disjunction" });

function listOf(names: readonly string[]): string {
  return OR.format(names);
}
