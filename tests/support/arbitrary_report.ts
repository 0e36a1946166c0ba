import fc from "fast-check";
import { MEASURES, type Measures } from "../../src/domain/measures/measures.ts";
import type { StoreTexts } from "../../src/domain/measures/result.ts";
import type { Window } from "../../src/domain/time/window.ts";
import type { ReportRows } from "../../src/export/rows.ts";
import { instant } from "./build.ts";
import { type MadeUpStore, reportRows } from "./report_rows.ts";
import { measuresWith } from "./row.ts";

export const MADE_UP_WINDOWS: readonly Window[] = [
  { name: "last_week", start: instant("2023-01-18 09:00"), end: instant("2023-01-25 09:00") },
  { name: "last_hour", start: instant("08:00:00.470001"), end: instant("09:00:00.470001") },
];

/** The length of a month: what measures are of. */
const MOST = 31 * 86_400_000_000;

/** Measures that a store can have: what is a part of the scheduled time is not longer. */
const measures: fc.Arbitrary<Measures> = fc.tuple(
  fc.array(fc.integer({ min: 0, max: MOST }), { minLength: MEASURES.length, maxLength: MEASURES.length }),
  fc.integer({ min: 0, max: 1000 }),
  fc.constantFrom<Partial<Measures>>({}, { down: 0 }, { up: 0, down: 0 }, { up: 0, down: 0, unknown: 0 }),
).map(([values, outages, changes]) => {
  const [up = 0, down = 0, unknown = 0, excluded = 0, ...parts] = values;
  const times = { up, down, unknown, ...changes };
  const scheduled = times.up + times.down + times.unknown;
  const [observed = 0, up_low = 0, up_high = 0, longest_outage = 0] = parts.map((part) => part % (scheduled + 1));
  return measuresWith({ ...times, excluded, observed, up_low, up_high, longest_outage, outages });
});

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());

const digits = (most: number, decimals: number) =>
  fc.tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: decimals }), fc.nat(10 ** decimals - 1))
    .map(([whole, length, rest]) =>
      length === 0 ? String(whole) : `${whole}.${String(rest).padStart(length, "0").slice(0, length)}`
    );

const texts: fc.Arbitrary<Partial<StoreTexts>> = fc.record({
  name: fc.oneof(
    word,
    fc.constantFrom("", "=1+1", "+49 30", "-x", "@a", "'quoted'", 'with "quotes", and commas', "007"),
  ),
  tags: fc.dictionary(fc.constantFrom("brand", "region", "size"), word, { noNullPrototype: true })
    .map((tags) => Object.keys(tags).length === 0 ? "" : JSON.stringify(tags)),
  target_percent: fc.oneof(fc.constant(""), digits(99, 4)),
  // DuckDB reads numbers of JSON as doubles, which have 15 digits.
  sales_per_hour: fc.oneof(fc.constant(""), digits(999_999_999, 6)),
  warnings: fc.constantFrom("", "hours_rejected", "hours_rejected polls_rejected"),
});

const id = fc.oneof(
  fc.bigInt({ min: 10n ** 18n, max: 10n ** 19n - 1n }).map(String),
  word.filter((text) => !/^\p{Cc}/u.test(text)),
);

/** Any stores: ids of 19 digits, names and tags of any characters, targets and sales. */
export const anyStores: fc.Arbitrary<MadeUpStore[]> = fc.uniqueArray(
  fc.tuple(id, fc.tuple(measures, measures), texts),
  { selector: ([id]) => id, maxLength: 12 },
);

export const anyReport: fc.Arbitrary<ReportRows> = fc.tuple(anyStores, fc.constantFrom(undefined, "99.5"))
  .map(([stores, targetPercent]) => reportRows(MADE_UP_WINDOWS, stores, { targetPercent }));
