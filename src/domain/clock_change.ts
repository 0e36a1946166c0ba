import { Temporal } from "temporal-polyfill";
import type { Interval, Micros } from "./interval.ts";
import type { Timezone } from "./timezone.ts";

/** An instant at which a zone's clocks are set to another time. */
export interface ClockChange {
  readonly at: Micros;
  /** How far they go forward; less than zero if they go back. */
  readonly by: Micros;
}

/** The clock changes of a zone within a span, in the order of time. */
export function clockChanges({ id }: Timezone, { start, end }: Interval): ClockChange[] {
  const changes: ClockChange[] = [];
  let before = new Temporal.ZonedDateTime(BigInt(start) * 1000n, id);
  for (;;) {
    const after = before.getTimeZoneTransition("next");
    const at = after === null ? Infinity : Number(after.epochNanoseconds / 1000n);
    if (after === null || at >= end) return changes;
    const by = (after.offsetNanoseconds - before.offsetNanoseconds) / 1000;
    if (by !== 0) changes.push({ at, by });
    before = after;
  }
}
