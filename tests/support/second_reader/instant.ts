import { Temporal } from "temporal-polyfill";

const INSTANT =
  /^(\d{4}-\d\d-\d\d[Tt ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?|\d{8}[Tt]\d{4}(?:\d\d(?:[.,]\d{1,9})?)?) ?((?:Z|[+-]\d\d(?::?\d\d)?)(?: UTC|\[UTC\])|Z|UTC|GMT|Etc\/UTC|[+-]\d\d(?::?\d\d)?|)$/i;

export function instant(text: string, isUtc: boolean): number | undefined {
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
