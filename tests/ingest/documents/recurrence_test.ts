/** Rules of repeating events, against a reference that goes through all days. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { dateText, epochDay } from "../../../src/ingest/entries/dates.ts";
import { recurrences } from "../../../src/ingest/holidays/recurrence.ts";
import { Unreadable } from "../../../src/ingest/values/value.ts";

const SPAN = { from: "2025-11-25", to: "2028-11-25" };
const NAMES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

interface Rule {
  readonly freq: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  readonly interval: number;
  readonly end: { readonly count?: number; readonly until?: string };
}

const rules: fc.Arbitrary<Rule> = fc.record({
  freq: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
  interval: fc.integer({ min: 1, max: 20 }),
  end: fc.oneof(
    fc.constant({}),
    fc.record({ count: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ until: fc.integer({ min: 20_000, max: 22_000 }).map(dateText) }),
  ),
});

function ruleText({ freq, interval, end: { count, until } }: Rule): string {
  const end = count === undefined
    ? until === undefined ? "" : `;UNTIL=${until.replaceAll("-", "")}`
    : `;COUNT=${count}`;
  return `FREQ=${freq};INTERVAL=${interval}${end}`;
}

/** Whether a date is so many steps of a rule behind its start. A month that lacks the day is passed over. */
function fits(date: number, start: number, { freq, interval }: Rule): boolean {
  const [day, first] = [new Date(date * 86_400_000), new Date(start * 86_400_000)];
  const months = (day.getUTCFullYear() - first.getUTCFullYear()) * 12 + day.getUTCMonth() - first.getUTCMonth();
  if (freq === "DAILY") return (date - start) % interval === 0;
  if (freq === "WEEKLY") return (date - start) % (7 * interval) === 0;
  if (day.getUTCDate() !== first.getUTCDate()) return false;
  return months % (freq === "MONTHLY" ? interval : 12 * interval) === 0;
}

function slowly(start: string, rule: Rule): string[] {
  const found: string[] = [];
  const last = Math.min(epochDay(SPAN.to) - 1, rule.end.until === undefined ? Infinity : epochDay(rule.end.until));
  let counted = 0;
  for (let date = epochDay(start); date <= last && counted < (rule.end.count ?? Infinity); date++) {
    if (!fits(date, epochDay(start), rule)) continue;
    counted++;
    if (dateText(date) >= SPAN.from) found.push(dateText(date));
  }
  return found;
}

Deno.test("a rule gives the dates that a count of all days gives", () => {
  const start = fc.integer({ min: 15_000, max: 21_500 }).map(dateText);
  fc.assert(
    fc.property(start, rules, (start, rule) => {
      assert.deepEqual(recurrences(start, ruleText(rule), SPAN), slowly(start, rule), `${start} ${ruleText(rule)}`);
    }),
    { numRuns: 60 },
  );
});

Deno.test("a weekday of a month gives the dates that a look at all days gives", () => {
  fc.assert(
    fc.property(fc.nat(6), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 }), (weekday, nth, month) => {
      const expected: string[] = [];
      for (let date = epochDay(SPAN.from); date < epochDay(SPAN.to); date++) {
        const day = new Date(date * 86_400_000);
        const place = Math.ceil(day.getUTCDate() / 7);
        if (day.getUTCDay() === weekday && place === nth && day.getUTCMonth() + 1 === month) {
          expected.push(dateText(date));
        }
      }
      const start = expected[0] ?? assert.fail;
      if (typeof start !== "string") return;
      assert.deepEqual(
        recurrences(start, `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${NAMES[weekday]}`, SPAN),
        expected,
      );
    }),
  );
});

Deno.test("hostile and broken rules end soon", () => {
  const codes = [
    "FREQ=DAILY;INTERVAL=1000000000",
    "FREQ=YEARLY;INTERVAL=99999999999999999999",
    "FREQ=DAILY;COUNT=-1",
    "FREQ=DAILY;COUNT=1000000000",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000000000",
    `FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 366 }, (_, day) => day + 1)};BYSETPOS=366;COUNT=1000000000`,
    `FREQ=DAILY;BYDAY=${"MO,".repeat(10_000)}TU`,
    "FREQ=HOURLY",
    "FREQ=DAILY;BYHOUR=1,2,3",
    "FREQ=FOO",
    "",
    "\u0000",
  ].map((rule) => {
    const found = recurrences("1970-01-01", rule, SPAN);
    return found instanceof Unreadable ? found.code : found.length;
  });
  assert.deepEqual(codes.slice(7), Array.from({ length: 5 }, () => "rule_within_a_day"));
  for (const code of codes.slice(0, 7)) {
    assert.ok(typeof code === "number" ? code <= 1_097 : /^rule_/.test(code), String(code));
  }
});
