import { type Random, splitMix64, type Weighted } from "./random.ts";
import { type HoursRow, sampleHours } from "./sample_hours.ts";

/** A store as the three files tell of it; each store is in at least one of them. */
export interface SampleStore {
  readonly id: string;
  readonly timezone: string | undefined;
  readonly hours: readonly HoursRow[];
  readonly polled: boolean;
  /** Polled only from some hour on. */
  readonly newcomer: boolean;
  /** Of so many hours, one begins an outage; 0 for never. */
  readonly outageOdds: number;
  /** Whether its last poll is the latest of all, so that each sample has the same as-of. */
  readonly latest: boolean;
}

/** In 10,000 stores: the zones of the real export as often as there, then zones of odd rules, which it lacks. */
const TIMEZONES: Weighted<string> = [
  ["America/New_York", 6028],
  ["America/Los_Angeles", 2373],
  ["America/Chicago", 1116],
  ["America/Phoenix", 308],
  ["America/Denver", 93],
  ["America/Detroit", 46],
  ["America/Indiana/Indianapolis", 11],
  ["America/Edmonton", 2],
  ["Asia/Beirut", 1],
  ["America/Boise", 1],
  ["Pacific/Honolulu", 1],
  ["America/St_Johns", 3], // UTC-3:30
  ["Asia/Kathmandu", 3], // UTC+5:45
  ["Australia/Lord_Howe", 3], // clocks change by half an hour
  ["America/Havana", 3], // clocks change at midnight, which does not exist then
  ["Pacific/Apia", 3], // has skipped a date
  ["Africa/Casablanca", 3], // summer time all year but for Ramadan
  ["Pacific/Kiritimati", 2], // UTC+14
];

/** In 10,000 stores. Of the real export's polled stores, 6 % lack a zone and 21 % hours. */
const FILES: Weighted<{ readonly zone: boolean; readonly hours: boolean }> = [
  [{ zone: true, hours: true }, 7890],
  [{ zone: true, hours: false }, 1492],
  [{ zone: false, hours: false }, 600],
  [{ zone: false, hours: true }, 18],
];

/** In 100 stores, so that four in ten have downtime in the week; an odd one is down all the time. */
const OUTAGE_ODDS: Weighted<number> = [[0, 50], [100, 21], [50, 19], [20, 9], [1, 1]];

/** A store of a sample. Its id depends on seed and index only, all else on the stream of random numbers. */
export function sampleStore(seed: number, index: number, random: Random): SampleStore {
  const has = random.pick(FILES);
  const latest = index === 0;
  return {
    id: storeId(seed, index),
    timezone: has.zone ? random.pick(TIMEZONES) : undefined,
    hours: has.hours ? sampleHours(random) : [],
    polled: !(has.zone && random.chance(1, 200)) || latest,
    newcomer: random.chance(1, 50),
    outageOdds: random.pick(OUTAGE_ODDS),
    latest,
  };
}

/**
 * An id as in the real export: 63 bits, which mostly makes 19 digits. No two indexes have the same id, since the steps
 * of SplitMix64 can be undone.
 */
function storeId(seed: number, index: number): string {
  return splitMix64(splitMix64(BigInt(seed), 1), index, 63).toString();
}
