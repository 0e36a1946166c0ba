import { DEFAULT_TIMEZONE, openTimezone, type Timezone } from "../domain/timezone.ts";

/** The zones that a thread has met: each remembers its stretches of one offset. */
export class Timezones {
  readonly #known = new Map<string, Timezone>();

  /** A store's zone; an error instead if this machine's zone data lack it, since one bad store must not stop the rest. */
  of({ timezone: name = DEFAULT_TIMEZONE }: { readonly timezone: string | undefined }): Timezone | RangeError {
    const found = this.#known.get(name);
    if (found !== undefined) return found;
    try {
      const timezone = openTimezone(name);
      this.#known.set(name, timezone);
      return timezone;
    } catch (error) {
      if (error instanceof RangeError) return error;
      throw error;
    }
  }
}
