/** What was counted of somebody in the current minute. */
interface Minute {
  count: number;
  /** When it is over, in milliseconds. */
  until: number;
}

const MINUTE_MS = 60_000;
/** So many are kept before those whose minute is over are looked for. */
const MANY = 10_000;

/** Counts in this process, without a timer: a minute begins with what is counted first. */
export class MinuteCounts {
  readonly #minutes = new Map<string, Minute>();

  /** Counts one more. @returns how many there are in this minute, and how many milliseconds are left of it */
  add(who: string, now: number): { readonly count: number; readonly leftMs: number } {
    const minute = this.#minute(who, now);
    minute.count++;
    return { count: minute.count, leftMs: minute.until - now };
  }

  #minute(who: string, now: number): Minute {
    const known = this.#minutes.get(who);
    if (known !== undefined && known.until > now) return known;
    if (this.#minutes.size >= MANY) this.#forget(now);
    const minute = { count: 0, until: now + MINUTE_MS };
    this.#minutes.set(who, minute);
    return minute;
  }

  #forget(now: number): void {
    for (const [who, { until }] of this.#minutes) if (until <= now) this.#minutes.delete(who);
  }
}
