import type { BusinessHours } from "../../src/domain/openings/business_hours.ts";
import { openings } from "../../src/domain/openings/opening_rules.ts";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { instant, text, weekly } from "../support/build.ts";
import { RULES } from "../support/rules.ts";

/** The openings of a store between two instants, in UTC: `["2023-01-25 09:00 to 2023-01-25 17:00"]`. */
export function opened(hours: readonly BusinessHours[], zone: string, [from, to]: [string, string]): string[] {
  return openings({ ...weekly(hours), timezone: openTimezone(zone, RULES) }, { start: instant(from), end: instant(to) })
    .map(({ start, end }) => `${text(start)} to ${text(end)}`);
}
