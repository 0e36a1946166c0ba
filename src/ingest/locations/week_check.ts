import { CLOSED_AND_OPEN, type SaidDays } from "../values/opening_hours_text.ts";
import type { Unreadable } from "../values/value.ts";

/** What the parts of one store's hours say of each day: one part may not say closed where another one has times. */
export class WeekCheck {
  readonly #isOpen = new Map<string, boolean>();

  /** @returns the fault, if the days contradict those before */
  faultOf(days: SaidDays, validFrom = ""): Unreadable | undefined {
    for (const [day, openings] of days) {
      const key = `${validFrom} ${day}`;
      const isOpen = openings.length > 0;
      if ((this.#isOpen.get(key) ?? isOpen) !== isOpen) return CLOSED_AND_OPEN;
      this.#isOpen.set(key, isOpen);
    }
    return undefined;
  }
}
