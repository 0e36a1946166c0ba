import type { Random } from "./random.ts";

/** One hour in which each store is looked at, or missed. */
export interface PollingRound {
  /** Date and hour, in ASCII: `2023-01-25 18:` */
  readonly prefix: Uint8Array;
  /** The polls come within so many seconds of the full hour. */
  readonly seconds: number;
  /** The last one, in which the as-of lies. */
  readonly last: boolean;
}

/** The latest poll of a sample of any size is at 2023-01-25 18:13:22.479220 UTC, as in the real export. */
export const AS_OF = { year: 2023, month: 1, day: 25, hour: 18, second: 13 * 60 + 22, micros: 479_220 } as const;

/** The poller rested all day. */
const DATE_WITHOUT_POLLS = "2023-01-23";
const USUAL_SECONDS = 16 * 60;
const SLOW_SECONDS = 46 * 60;

/** The rounds of so many dates (UTC), of which the last is that of the as-of, in the order of time. */
export function pollingRounds(days: number, random: Random): PollingRound[] {
  const encoder = new TextEncoder();
  const rounds: PollingRound[] = [];
  for (let ago = days - 1; ago >= 0; ago--) {
    const date = dateBefore(ago);
    if (date === DATE_WITHOUT_POLLS) continue;
    for (let hour = 0; hour <= (ago === 0 ? AS_OF.hour : 23); hour++) {
      const prefix = encoder.encode(`${date} ${String(hour).padStart(2, "0")}:`);
      const last = ago === 0 && hour === AS_OF.hour;
      rounds.push({ prefix, last, seconds: last ? AS_OF.second : random.chance(1, 12) ? SLOW_SECONDS : USUAL_SECONDS });
    }
  }
  return rounds;
}

function dateBefore(days: number): string {
  return new Date(Date.UTC(AS_OF.year, AS_OF.month - 1, AS_OF.day - days)).toISOString().slice(0, 10);
}
