/**
 * A second reader of files, slow and plain, made from the contract's table alone. It shares no code with `src`, so that both are
 * wrong in one way by chance only.
 */
import { Temporal } from "temporal-polyfill";
import { WEEKDAYS } from "./build.ts";

/** The zones by name in lower case, with all offsets that they had. */
type Zones = ReadonlyMap<string, { readonly id: string; readonly offsets: Float64Array }>;

export interface Reading {
  readonly kind: "polls" | "hours" | "timezones";
  /** The good rows as text. */
  readonly good: readonly string[];
  /** The lines of the bad ones. */
  readonly bad: readonly number[];
}

/** @returns `undefined` if the file as a whole fails */
export function readSecond(
  bytes: Uint8Array,
  zones: Zones,
): Reading | undefined {
  const text = decode(bytes);
  if (text === undefined || text.includes("\0")) return undefined;
  const records = split(text);
  const [header, ...rows] = records ?? [];
  if (header === undefined) return undefined;
  const names = header.fields.map((name) => name.trim().toLowerCase().replaceAll(/[ _-]/g, ""));
  for (const [kind, columns] of KINDS) {
    const places = columns.map((column) => placeOf(names, header.fields, column));
    if (places.some((place) => place === "missing")) continue;
    if (places.some((place) => place === "twice")) return undefined;
    return readRows({
      kind,
      header: header.fields,
      rows,
      places: places.map(Number),
    }, zones);
  }
  return undefined;
}

const KINDS = [
  ["polls", [
    "store_id store storeid",
    "status state",
    "timestamp_utc timestamp time_utc",
  ]],
  ["hours", [
    "store_id store storeid",
    "day dayofweek day_of_week weekday",
    "start_time_local start_time start open opens",
    "end_time_local end_time end close closes",
  ]],
  ["timezones", [
    "store_id store storeid",
    "timezone_str timezone time_zone tz",
  ]],
] as const;

function placeOf(
  names: string[],
  written: readonly string[],
  column: string,
): number | "missing" | "twice" {
  const ranked = written.flatMap((name, place) => {
    const wanted = column.split(" ");
    const exact = wanted.indexOf(
      name.trim().toLowerCase().replaceAll(/[ _-]+/g, "_"),
    );
    const rank = exact >= 0 ? exact : wanted.findIndex((each) => each.replaceAll("_", "") === names[place]);
    return rank < 0 ? [] : [{ rank, place }];
  }).sort((a, b) => a.rank - b.rank);
  const [first, second] = ranked;
  if (first === undefined) return "missing";
  return first.rank === second?.rank ? "twice" : first.place;
}

/** Bytes as text by the rule for encodings. */
function decode(bytes: Uint8Array): string | undefined {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join(
    "",
  );
  const utf16 = /^\xff\xfe|^[^\0]\0[^\0]\0/s.test(binary)
    ? "utf-16le"
    : /^\xfe\xff|^\0[^\0]\0[^\0]/s.test(binary)
    ? "utf-16be"
    : undefined;
  for (const encoding of utf16 === undefined ? ["utf-8"] : [utf16]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this one.
    }
  }
  if (utf16 !== undefined) return undefined;
  const hasUtf8 =
    /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}/
      .test(binary);
  return hasUtf8 || /[\x81\x8d\x8f\x90\x9d]/.test(binary) ? undefined : new TextDecoder("windows-1252").decode(bytes);
}

interface Row {
  readonly line: number;
  readonly fields: string[];
}

/** Text as rows, a character at a time. */
function split(text: string): Row[] | undefined {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  let skipped = 0;
  const skipBlank = () => {
    while (skipped < lines.length && lines[skipped]?.trim() === "") skipped++;
  };
  skipBlank();
  const first = lines[skipped] ?? "";
  let separator = /^ *"?sep=([^"]*?)"? *$/i.exec(first)?.[1];
  if (separator !== undefined || /^"?#TYPE(\s|$)/i.test(first)) skipped++;
  if (separator === "\\t") separator = "\t";
  if (separator !== undefined && ![",", ";", "\t", "|"].includes(separator)) {
    return undefined;
  }
  skipBlank();
  const ends = text.replace(/^\ufeff/, "").split(/(\r\n|\r|\n)/);
  const rest = ends.slice(2 * skipped).join("");
  return records(rest, skipped + 1, separator ?? mostIn(rest));
}

function mostIn(text: string): string {
  const header = (/^(?:"[^"]*"|[^"\r\n])*/.exec(text)?.[0] ?? "").replaceAll(
    /"[^"]*"/g,
    "",
  );
  const counts = [",", ";", "\t", "|"].map((each) => ({
    each,
    count: header.split(each).length,
  }));
  return counts.reduce((a, b) => (b.count > a.count ? b : a)).each;
}

function records(
  text: string,
  firstLine: number,
  separator: string,
): Row[] | undefined {
  const rows: Row[] = [];
  let [at, line] = [0, firstLine];
  while (at < text.length) {
    const start = at;
    const fields: string[] = [];
    for (;;) {
      const field = fieldAt(text, at, separator);
      if (field === undefined) return undefined;
      fields.push(field.text);
      at = field.end;
      if (text[at] !== separator) break;
      at++;
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (fields.length > 1 || fields[0]?.trim() !== "") {
      rows.push({ line, fields });
    }
    line += text.slice(start, at).split(/\r\n|\r|\n/).length - 1;
  }
  return rows;
}

function fieldAt(
  text: string,
  from: number,
  separator: string,
): { text: string; end: number } | undefined {
  const blank = separator === "\t" ? " " : " \t";
  let at = from;
  while (at < text.length && blank.includes(text[at] ?? "")) at++;
  if (text[at] === '"') {
    let content = "";
    for (at++;; at++) {
      if (at >= text.length) return undefined;
      if (text[at] !== '"') content += text[at];
      else if (text[at + 1] === '"') content += text[at++];
      else break;
    }
    at++;
    while (at < text.length && blank.includes(text[at] ?? "")) at++;
    if (at >= text.length || [separator, "\r", "\n"].includes(text[at] ?? "")) {
      return { text: content, end: at };
    }
  }
  let end = from;
  while (
    end < text.length && ![separator, "\r", "\n"].includes(text[end] ?? "")
  ) end++;
  return { text: text.slice(from, end), end };
}

interface Table {
  readonly kind: Reading["kind"];
  readonly header: readonly string[];
  readonly rows: readonly Row[];
  readonly places: readonly number[];
}

function readRows(
  { kind, header, rows, places }: Table,
  zones: Zones,
): Reading | undefined {
  const [good, bad]: [string[], number[]] = [[], []];
  const named = header.map((name) => name.trim() !== "").lastIndexOf(true) + 1;
  for (const { line, fields } of rows) {
    const surplus = fields.slice(header.length).some((field) => field.trim() !== "");
    const cells = places.map((place) => (fields[place] ?? "").trim());
    const isRagged = surplus || fields.length < named;
    if (kind === "hours" && !isRagged && cells[1] === "7") return undefined;
    const row = isRagged ? undefined : READ[kind](cells, header[places[2] ?? 0] ?? "", zones);
    if (row === undefined) bad.push(line);
    else good.push(row);
  }
  return { kind, good, bad };
}

type Read = (
  cells: string[],
  third: string,
  zones: Zones,
) => string | undefined;

const READ: Record<Reading["kind"], Read> = {
  polls: ([id = "", status = "", at = ""], column) => {
    const active = {
      active: true,
      up: true,
      online: true,
      inactive: false,
      down: false,
      offline: false,
    }[status.toLowerCase()];
    return joined(
      storeId(id),
      active,
      instant(at, /utc$/i.test(column.trim())),
    );
  },
  hours: ([id = "", day = "", start = "", end = ""]) => {
    const place = weekday(day);
    return place === undefined ? undefined : joined(storeId(id), opening(place, start, end));
  },
  timezones: ([id = "", zone = ""], _, zones) => joined(storeId(id), zoneOf(zone, zones)),
};

function joined(
  ...parts: (string | number | boolean | undefined)[]
): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("|");
}

function storeId(text: string): string | undefined {
  const id = text.replace(/^'/, "").trim().replace(/^(\d+)\.0$/, "$1");
  const isBad = [...id].length < 1 || [...id].length > 64 ||
    /^[=+@-]/.test(id) || id === "." || id === ".." ||
    /^\d(([.,]\d+)?e\+|[.,]\d+e)\d+$/i.test(id) ||
    /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u.test(id);
  return isBad ? undefined : id;
}

function weekday(text: string): number | undefined {
  if (/^[0-6]$/.test(text)) return Number(text);
  const found = WEEKDAYS.findIndex((name) => text.length > 2 && name.toLowerCase().startsWith(text.toLowerCase()));
  return found < 0 ? undefined : found;
}

/** When in the week it begins, in microseconds after the midnight of Monday, and how long it lasts. */
function opening(day: number, start: string, end: string): string | undefined {
  const isClosed = (text: string) => text.toLowerCase() === "closed";
  if (
    start === "" && end === "" ||
    isClosed(start) && (end === "" || isClosed(end))
  ) return "closed";
  const [from, to] = [timeOfDay(start), timeOfDay(end)];
  if (from === undefined || to === undefined || (from >= DAY && to <= from)) {
    return undefined;
  }
  return `${(day * DAY + from) % (7 * DAY)} for ${(to > from ? to : to + DAY) - from}`;
}

const DAY = 86_400_000_000;

function timeOfDay(text: string): number | undefined {
  const bare = text.replace(
    /^(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})[Tt ] ?(?=\S)/,
    "",
  );
  if (/^noon$/i.test(bare)) return DAY / 2;
  if (/^midnight$/i.test(bare)) return 0;
  const twelve = /^(\d{1,2})((?::\d\d)?(?::\d\d(?:\.\d{1,6})?)?) ?([ap])m$/i
    .exec(bare);
  if (twelve !== null) {
    const [, hour, rest = "", half] = twelve;
    if (Number(hour) < 1 || Number(hour) > 12) return undefined;
    return clock(
      `${Number(hour) % 12 + (half?.toLowerCase() === "p" ? 12 : 0)}${rest === "" ? ":00" : rest}`,
    );
  }
  return clock(bare);
}

function clock(text: string): number | undefined {
  const parts = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d(?:\.\d{1,6})?))?$/.exec(text);
  if (parts === null || Number(parts[1]) > 47) return undefined;
  return Number(parts[1]) * 3_600_000_000 + Number(parts[2]) * 60_000_000 +
    Math.round(Number(parts[3] ?? 0) * 1e6);
}

const INSTANT =
  /^(\d{4}-\d\d-\d\d[Tt ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?|\d{8}[Tt]\d{4}(?:\d\d(?:[.,]\d{1,9})?)?) ?((?:Z|[+-]\d\d(?::?\d\d)?)(?: UTC|\[UTC\])|Z|UTC|GMT|Etc\/UTC|[+-]\d\d(?::?\d\d)?|)$/i;

function instant(text: string, isUtc: boolean): number | undefined {
  if (/^(\d{10}|\d{13}|\d{16})$/.test(text)) {
    return inRange(Number(text.padEnd(16, "0")));
  }
  const [, written = "", zone = ""] = INSTANT.exec(text) ?? [];
  if (written === "" || (zone === "" && (!isUtc || text.endsWith(" ")))) {
    return undefined;
  }
  const digits = written.replace(/ (\d):/, " 0$1:").replace(
    /[Tt](\d):/,
    "T0$1:",
  ).replaceAll(/[-: ]/g, "").replace(
    /[Tt]/,
    "",
  );
  const [, date = "", hour = "", minute = "", second = "00", fraction = ""] =
    /^(\d{8})(\d\d)(\d\d)(\d\d)?(?:[.,](\d+))?$/.exec(digits) ?? [];
  const offset = zone === "" ? "+00:00" : zone.replace(/ UTC$|\[UTC\]$/i, "").replace(
    /^(Z|UTC|GMT|Etc\/UTC)$/i,
    "+00:00",
  );
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const behind = (Number(hours) * 60 + Number(minutes)) * 60_000_000 *
    (sign === "-" ? -1 : 1);
  if (/.(?: UTC|\[UTC\])$/i.test(zone) && behind !== 0) return undefined;
  const isLeap = hour === "23" && minute === "59" && second === "60";
  const isMidnight = hour === "24" && minute === "00" && second === "00" &&
    !/[1-9]/.test(fraction);
  try {
    const day = Temporal.PlainDate.from(
      `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`,
    );
    if (second === "60" && !isLeap) return undefined;
    const time = isLeap || isMidnight ? "00:00" : `${hour}:${minute}:${second}.${fraction.slice(0, 6).padEnd(6, "0")}`;
    const local = (isLeap || isMidnight ? day.add({ days: 1 }) : day)
      .toPlainDateTime(Temporal.PlainTime.from(time));
    return inRange(
      Number(local.toZonedDateTime("UTC").epochNanoseconds / 1000n) - behind,
    );
  } catch {
    return undefined;
  }
}

function inRange(micros: number): number | undefined {
  return micros >= 0 && micros < Date.UTC(2200, 0, 1) * 1000 ? micros : undefined;
}

/** Some names of Windows: the others are the generator's to leave out. */
const WINDOWS: Record<string, string> = {
  "eastern standard time": "America/New_York",
  "eastern time (us & canada)": "America/New_York",
  "w. europe standard time": "Europe/Berlin",
};

function zoneOf(
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
