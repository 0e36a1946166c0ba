import { Temporal } from "temporal-polyfill";
import type { Micros } from "./interval.ts";

/**
 * Reads an ISO 8601 duration of weeks, days of 24 hours, hours, minutes and seconds.
 *
 * @returns `undefined` if the text is not a duration, if it has years or months, which have no fixed length, or if it is no whole
 * number of microseconds
 */
export function parseDuration(text: string): Micros | undefined {
  try {
    const duration = Temporal.Duration.from(text);
    const { years, months, weeks, nanoseconds } = duration;
    if (years !== 0 || months !== 0 || nanoseconds !== 0) return undefined;
    return duration.with({ weeks: 0, days: duration.days + 7 * weeks }).total("microseconds");
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Writes a length of time as ISO 8601: `PT2H`, `P1DT12H`. */
export function formatDuration(length: Micros): string {
  return Temporal.Duration.from({ microseconds: length }).round({ largestUnit: "days" }).toString();
}
