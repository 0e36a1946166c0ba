import type { Timezone } from "./timezone.ts";

/**
 * Remembers for each zone what was made for it. A thread opens each zone once.
 *
 * @param make is called once for each zone
 */
export function perTimezone<Made>(make: (timezone: Timezone) => Made): (timezone: Timezone) => Made {
  const known = new Map<Timezone, Made>();
  return (timezone) => {
    const found = known.get(timezone);
    if (found !== undefined) return found;
    const made = make(timezone);
    known.set(timezone, made);
    return made;
  };
}
