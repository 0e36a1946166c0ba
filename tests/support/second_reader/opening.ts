import { WEEKDAYS } from "../build.ts";

export function weekday(text: string): number | undefined {
  if (/^[0-6]$/.test(text)) return Number(text);
  const found = WEEKDAYS.findIndex((name) => text.length > 2 && name.toLowerCase().startsWith(text.toLowerCase()));
  return found < 0 ? undefined : found;
}

/** When in the week it begins, in microseconds after the midnight of Monday, and how long it lasts. */
export function opening(day: number, start: string, end: string): string | undefined {
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
