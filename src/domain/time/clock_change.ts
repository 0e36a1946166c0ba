import type { Interval, Micros } from "./interval.ts";
import type { Timezone } from "./timezone.ts";
import { changesUpTo } from "./zone_rules.ts";

/** An instant at which a zone's clocks are set to another time. */
export interface ClockChange {
  readonly at: Micros;
  /** How far they go forward; less than zero if they go back. */
  readonly by: Micros;
}

/** The clock changes of a zone within a span, in the order of time. */
export function clockChanges({ changes }: Timezone, { start, end }: Interval): ClockChange[] {
  const { at, offsets } = changes;
  const found: ClockChange[] = [];
  // One microsecond before: a change just at the start belongs to the span.
  for (let place = changesUpTo(changes, start - 1); (at[place] ?? Infinity) < end; place++) {
    found.push({ at: at[place] ?? NaN, by: (offsets[place + 1] ?? NaN) - (offsets[place] ?? NaN) });
  }
  return found;
}
