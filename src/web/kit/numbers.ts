import { count } from "../../domain/counted.ts";
import { formatPercentage, type UpAndDown, uptimePercentage } from "../../domain/measures/percentage.ts";
import { type Micros, MINUTE, SECOND } from "../../domain/time/interval.ts";

export { bytes, count, counted } from "../../domain/counted.ts";

export const THIN_SPACE = "\u202f";

/** `≈ 1,820,000`: the last digits mean nothing. */
export function roughCount(number: number): string {
  return `≈${THIN_SPACE}${number.toLocaleString("en", { maximumSignificantDigits: 3 })}`;
}

/** A share of 0 to 1 as `12 %`, to the nearest percent. Only 0 reads 0 %, and only 1 reads 100 %. */
export function share(part: number): string {
  const shown = part > 0 && part < 1 ? Math.min(Math.max(Math.round(part * 100), 1), 99) : part * 100;
  return `${shown}${THIN_SPACE}%`;
}

/** Uptime as `93.85 %`, rounded down from the exact measures: 100 % means that there was no downtime at all. */
export function percent(measures: UpAndDown | undefined): string {
  const hundredths = measures && uptimePercentage(measures);
  return hundredths === undefined ? "–" : `${formatPercentage(hundredths)}${THIN_SPACE}%`;
}

/** A length as `12:04:22.47922`, exact to the microsecond, so that lengths add up to the sum. */
export function exactLength(length: Micros): string {
  const seconds = Math.floor(length / SECOND);
  const two = (number: number) => String(number).padStart(2, "0");
  const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = String(length % SECOND).padStart(6, "0").replace(/0+$/, "");
  return fraction === "" ? clock : `${clock}.${fraction}`;
}

/** A length as people say it: `2 h 05 min`, `45 s`. */
export function roughLength(length: Micros): string {
  const seconds = Math.round(length / SECOND);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${count(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** A length as `9:56`, hours and minutes. */
export function hoursMinutes(length: Micros): string {
  const minutes = Math.round(length / MINUTE);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** `340 ms`, `2.57 s` */
export function milliseconds(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
