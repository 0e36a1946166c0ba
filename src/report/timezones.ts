import type { OpeningRules, StoredRules } from "../domain/openings/opening_rules.ts";
import { DEFAULT_TIMEZONE, openTimezone, type Timezone } from "../domain/time/timezone.ts";
import type { ZoneRules } from "../domain/time/zone_rules.ts";

/** The zones that a thread has met: each remembers its stretches of one offset. */
export class Timezones {
  readonly #known = new Map<string, Timezone>();
  readonly #zoneRules: ZoneRules;

  constructor(zoneRules: ZoneRules) {
    this.#zoneRules = zoneRules;
  }

  /** A store's rules with its zone opened; an error instead if the zone is unknown here. */
  open(stored: StoredRules): OpeningRules | RangeError {
    const timezone = this.of(stored);
    if (timezone instanceof RangeError) return timezone;
    // Stored rules may be unpacked at each look.
    const { versions, special, exclusions } = stored;
    return { timezone, versions, special, exclusions };
  }

  /** A store's zone; an error instead if the zone rules lack it, since one bad store must not stop the rest. */
  of({ timezone: name = DEFAULT_TIMEZONE }: { readonly timezone: string | undefined }): Timezone | RangeError {
    const found = this.#known.get(name);
    if (found !== undefined) return found;
    try {
      const timezone = openTimezone(name, this.#zoneRules);
      this.#known.set(name, timezone);
      return timezone;
    } catch (error) {
      if (error instanceof RangeError) return error;
      throw error;
    }
  }
}
