/** The zones by name in lower case, with all offsets that they had. */
export type Zones = ReadonlyMap<string, { readonly id: string; readonly offsets: Float64Array }>;

/** Some names of Windows: the others are the generator's to leave out. */
const WINDOWS: Record<string, string> = {
  "eastern standard time": "America/New_York",
  "eastern time (us & canada)": "America/New_York",
  "w. europe standard time": "Europe/Berlin",
};

export function zoneOf(
  text: string,
  zones: Zones,
): string | undefined {
  const found = zones.get(text.toLowerCase())?.id;
  if (found !== undefined) return found;
  const windows = WINDOWS[text.replace(/^\((UTC|GMT)([+-]\d\d?:\d\d)?\) */i, "").toLowerCase()];
  if (windows !== undefined) {
    const [, before, behind] = /^\((?:UTC|GMT)([+-]\d\d?):(\d\d)\)/i.exec(text) ?? [];
    const says = (Number(before) * 60 + Number(behind) * (before?.startsWith("-") ? -1 : 1)) * 60_000_000;
    return before === undefined || zones.get(windows.toLowerCase())?.offsets.includes(says) ? windows : undefined;
  }
  const offset = /^(?:(?:UTC|GMT) ?)?([+-])(\d\d?)(?::?(\d\d))?$/i.exec(text);
  if (offset === null || /[+-]\d\d\d$/.test(text)) return undefined;
  const [, sign, hours, minutes = "00"] = offset;
  const total = (Number(hours) * 60 + Number(minutes)) *
    (sign === "-" ? -1 : 1);
  if (Number(minutes) > 59 || total < -720 || total > 840) return undefined;
  return total === 0 ? "UTC" : `${sign}${hours?.padStart(2, "0")}:${minutes}`;
}
