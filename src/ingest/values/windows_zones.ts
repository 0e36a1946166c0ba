import cldr from "cldr-core/supplemental/windowsZones.json" with { type: "json" };
import { HOUR, type Micros, MINUTE } from "../../domain/time/interval.ts";
import { WINDOWS_DISPLAY_NAMES } from "./windows_display_names.ts";

/** `(UTC-05:00) ` before a display name: the winter offset that one version of Windows knew. */
const OFFSET_BEFORE = /^\((?:UTC|GMT)(?:([+-])(\d{1,2}):(\d{2}))?\) */i;

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

export interface WindowsZone {
  /** Its IANA name. */
  readonly zone: string;
  /** What the name says the zone is ahead of UTC, if it says so. */
  readonly offset: Micros | undefined;
}

/** The IANA zone that a Windows zone or its display name stands for, in any letter case. */
export function windowsZone(name: string): WindowsZone | undefined {
  const zone = BY_NAME.get(name.replace(OFFSET_BEFORE, "").toLowerCase());
  if (zone === undefined) return undefined;
  const [, sign, hours, minutes] = OFFSET_BEFORE.exec(name) ?? [];
  const ahead = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return { zone, offset: sign === undefined ? undefined : sign === "-" ? -ahead : ahead };
}
