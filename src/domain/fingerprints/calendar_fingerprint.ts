import type { HoursVersion } from "../openings/business_hours.ts";
import type { Calendar, OpeningRules } from "../openings/opening_rules.ts";
import type { OpeningTime } from "../openings/opening_time.ts";
import { specialOn } from "../openings/special_hours.ts";
import { type Measuring, windowsBy } from "../report_request.ts";
import { DAY } from "../time/interval.ts";
import { perTimezone } from "../time/per_timezone.ts";
import { type EpochDay, UTC } from "../time/timezone.ts";
import { type Fingerprint, Fingerprinting, plus } from "./fingerprint.ts";

/** What numbers are about. */
const [ZONE, VERSION, HOURS, SPECIAL, LOCAL, INSTANTS] = [1, 2, 3, 4, 5, 6];

/** Some dates, including the last one. */
interface Dates {
  readonly first: EpochDay;
  readonly last: EpochDay;
}

/**
 * Takes the fingerprints of the zones, hours, special hours and exclusions of stores, as far as they concern what is measured. They depend
 * neither on zone rules, nor on the order in which rules are stored.
 */
export function calendarFingerprints(measuring: Measuring): (rules: OpeningRules) => Fingerprint {
  const dates = datesOf(measuring);
  const zoneOf = perTimezone(({ id }) => new Fingerprinting(ZONE).text(id).value);
  return (rules) => {
    return plus(
      plus(zoneOf(rules.timezone), ofHours(rules, dates)),
      plus(ofSpecialHours(rules, dates), ofExclusions(rules, dates)),
    );
  };
}

/**
 * The dates whose opening times can reach into a window, in any zone: no zone's clock is a day away from UTC, and `openings` looks two
 * dates back. If only polls inside openings count, an opening of any earlier date can decide what holds when a window begins.
 */
function datesOf(measuring: Measuring): Dates {
  const { asOf, method } = measuring;
  const windows = [-DAY, 0, DAY].flatMap((away) =>
    windowsBy({ ...measuring, calendar: undefined, asOf: asOf + away })(UTC)
  );
  const first = Math.floor(Math.min(...windows.map(({ start }) => start)) / DAY) - 3;
  const last = Math.floor(Math.max(...windows.map(({ end }) => end)) / DAY) + 2;
  return { first: method.pollsUsed === "inside openings" ? -Infinity : first, last };
}

function ofHours({ versions }: Calendar, { first, last }: Dates): Fingerprint {
  let sum = 0;
  for (let place = 0; place < versions.length; place++) {
    const [version, next] = [versions[place], versions[place + 1]];
    if (version === undefined || version.from > last || (next?.from ?? Infinity) <= first) continue;
    // How long before the first date that counts a version began makes no difference.
    sum = plus(sum, ofVersion(version, Math.max(version.from, first)));
  }
  return sum;
}

function ofVersion({ hours }: HoursVersion, from: EpochDay): Fingerprint {
  let sum = new Fingerprinting(VERSION).number(from).value;
  for (const { day, start, end } of hours) {
    sum = plus(sum, new Fingerprinting(HOURS).number(from * 7 + day).number(start).number(end).value);
  }
  return sum;
}

/** Of several lists with a date, the first one counts. */
function ofSpecialHours({ special }: Calendar, { first, last }: Dates): Fingerprint {
  let sum = 0;
  for (const list of special) {
    for (const [date, times] of list) {
      if (first <= date && date <= last && specialOn(special, date) === times) sum = plus(sum, ofDate(date, times));
    }
  }
  return sum;
}

function ofDate(date: EpochDay, times: readonly OpeningTime[]): Fingerprint {
  let sum = new Fingerprinting(SPECIAL).number(date).value;
  for (const { start, end } of times) {
    sum = plus(sum, new Fingerprinting(SPECIAL).number(date).number(start).number(end).value);
  }
  return sum;
}

/** Wall times are within a date of the instants that they mean. */
function ofExclusions({ exclusions }: Calendar, { first, last }: Dates): Fingerprint {
  let sum = 0;
  for (const { isLocal, from, to } of exclusions) {
    if (from >= (last + 1) * DAY || to <= first * DAY) continue;
    sum = plus(sum, new Fingerprinting(isLocal ? LOCAL : INSTANTS).number(from).number(to).value);
  }
  return sum;
}
