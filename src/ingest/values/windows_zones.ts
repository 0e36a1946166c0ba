import cldr from "cldr-core/supplemental/windowsZones.json" with { type: "json" };
import { WINDOWS_DISPLAY_NAMES } from "./windows_display_names.ts";

/** `(UTC-05:00) ` before a display name. The number is the winter offset of one version of Windows, and says nothing more. */
const OFFSET_BEFORE = /^\((?:UTC|GMT)(?:[+-]\d{1,2}:\d{2})?\) */i;

/** Anywhere in the world, as opposed to a zone's choice for one country. */
const WORLD = "001";

/** The IANA zones by what Windows calls them, in lower case. */
const BY_NAME: ReadonlyMap<string, string> = new Map(
  cldr.supplemental.windowsZones.mapTimezones
    .filter(({ mapZone }) => mapZone._territory === WORLD)
    .flatMap(({ mapZone: { _other: name, _type: zone } }) =>
      [name, ...WINDOWS_DISPLAY_NAMES[name] ?? []].map((each): [string, string] => [each.toLowerCase(), zone])
    ),
);

/** The IANA zone that a Windows zone or its display name stands for, in any letter case. */
export function windowsZone(name: string): string | undefined {
  return BY_NAME.get(name.replace(OFFSET_BEFORE, "").replaceAll(/\s+/g, " ").toLowerCase());
}
