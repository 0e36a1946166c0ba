import type { EpochDay } from "../time/timezone.ts";
import type { OpeningTime } from "./opening_time.ts";

/** The opening times of single dates. They replace the weekly ones of their date. No times: closed all day. */
export type SpecialHours = ReadonlyMap<EpochDay, readonly OpeningTime[]>;

/**
 * The special hours of a date; undefined if it has none.
 *
 * @param lists of several lists with the date, the first one counts
 */
export function specialOn(lists: readonly SpecialHours[], date: EpochDay): readonly OpeningTime[] | undefined {
  for (const list of lists) {
    const times = list.get(date);
    if (times !== undefined) return times;
  }
  return undefined;
}
