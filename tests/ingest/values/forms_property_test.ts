/** Random values, written in random forms, are read back. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { DAY, HOUR, MINUTE, SECOND } from "../../../src/domain/time/interval.ts";
import { instantKind } from "../../../src/ingest/values/instant.ts";
import { STATUS } from "../../../src/ingest/values/status.ts";
import { STORE_ID } from "../../../src/ingest/values/store_id.ts";
import { TIME_OF_DAY } from "../../../src/ingest/values/time_of_day.ts";
import { timezoneKind } from "../../../src/ingest/values/timezone.ts";
import { type DayNumbering, Weekdays } from "../../../src/ingest/values/weekday.ts";
import { WEEKDAYS } from "../../support/build.ts";
import { RULES } from "../../support/rules.ts";
import { readValue } from "../../support/values.ts";

const RUNS = { numRuns: 2_000 };

/** A text with each letter in either case. */
function anyCase(text: string): fc.Arbitrary<string> {
  return fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) =>
      text.split("").map((letter, at) => upper[at] ? letter.toUpperCase() : letter.toLowerCase()).join("")
    );
}

const two = (value: number) => String(Math.trunc(value)).padStart(2, "0");

/** An instant's local time in a zone of some minutes, and how the zone is written. */
const zones = fc.oneof(
  fc.constantFrom("Z", "z", " UTC", " GMT", " Etc/UTC", "+00", " +0000 UTC", "Z[UTC]").map((text) => ({
    minutes: 0,
    text,
  })),
  fc.integer({ min: -14 * 60, max: 14 * 60 }).chain((minutes) => {
    const [sign, ahead] = [minutes < 0 ? "-" : "+", Math.abs(minutes)];
    const [hour, minute] = [two(ahead / 60), two(ahead % 60)];
    return fc.constantFrom(`${sign}${hour}:${minute}`, `${sign}${hour}${minute}`, ` ${sign}${hour}:${minute}`)
      .map((text) => ({ minutes, text }));
  }),
);

const instants = fc.record({
  at: fc.integer({ min: 50 * DAY, max: Date.UTC(2199, 0, 1) * 1000 }),
  digits: fc.constantFrom(0, 1, 3, 6, 7, 9),
  zone: zones,
  compact: fc.boolean(),
  separator: fc.constantFrom("T", "t", " "),
  point: fc.constantFrom(".", ","),
  shortHour: fc.boolean(),
});

Deno.test("an instant in any form is read back", () => {
  const kind = instantKind({ name: "seen_at", isUtc: false });
  fc.assert(
    fc.property(instants, ({ at: exact, digits, zone, compact, separator, point, shortHour }) => {
      const unit = 10 ** Math.max(0, 6 - digits);
      const at = exact - exact % unit;
      const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(at / 1000) + zone.minutes * 60_000)
        .toZonedDateTimeISO("UTC");
      const fraction = String(at % SECOND).padStart(6, "0").slice(0, digits).padEnd(digits, "0");
      const seconds = `${two(local.second)}${digits === 0 ? "" : `${point}${fraction}`}`;
      const hour = shortHour ? String(local.hour) : two(local.hour);
      const date = [String(local.year).padStart(4, "0"), two(local.month), two(local.day)];
      const text = compact
        ? `${date.join("")}T${two(local.hour)}${two(local.minute)}${seconds}${zone.text}`
        : `${date.join("-")}${separator}${hour}:${two(local.minute)}:${seconds}${zone.text}`;
      assert.equal(readValue(kind, text).value, at, text);
    }),
    RUNS,
  );
});

Deno.test("an instant as a whole number is read back", () => {
  const kind = instantKind({ name: "seen_at", isUtc: false });
  fc.assert(fc.property(fc.integer({ min: 1e9, max: 7e9 }), fc.constantFrom(0, 3, 6), (seconds, digits) => {
    assert.equal(readValue(kind, `${seconds}${"0".repeat(digits)}`).value, seconds * SECOND);
  }));
});

/** A time of day in one of its forms. */
const times = fc.integer({ min: 0, max: 48 * HOUR - 1 }).chain((exact) => {
  const [hour, minute, second] = [Math.floor(exact / HOUR), two(exact % HOUR / MINUTE), two(exact % MINUTE / SECOND)];
  const half = hour < 12 ? "am" : "PM";
  const plain = [hour, two(hour)].flatMap((written): [number, string][] => [
    [MINUTE, `${written}:${minute}`],
    [SECOND, `${written}:${minute}:${second}`],
    [1, `${written}:${minute}:${second}.${String(exact % SECOND).padStart(6, "0")}`],
    [MINUTE, `1900-01-01 ${written}:${minute}`],
  ]);
  const twelve: [number, string][] = hour >= 24 ? [] : [
    [HOUR, `${hour % 12 || 12} ${half}`],
    [MINUTE, `${two(hour % 12 || 12)}:${minute}${half}`],
    [SECOND, `2023-01-25T${hour % 12 || 12}:${minute}:${second} ${half}`],
  ];
  return fc.constantFrom(...plain, ...twelve).map(([unit, text]) => ({ time: exact - exact % unit, text }));
});

Deno.test("a time of day in any form is read back", () => {
  fc.assert(fc.property(times, ({ time, text }) => assert.equal(readValue(TIME_OF_DAY, text).value, time, text)), RUNS);
});

Deno.test("a weekday in any form is read back", () => {
  const firsts: Record<DayNumbering, (day: number) => number> = {
    iso: (day) => day + 1,
    sunday0: (day) => (day + 1) % 7,
    sunday1: (day) => (day + 1) % 7 + 1,
  };
  const forms = fc.integer({ min: 0, max: 6 }).chain((day) =>
    fc.oneof(
      fc.constantFrom("iso", "sunday0", "sunday1").map((numbering) => ({
        numbering,
        text: String(firsts[numbering](day)),
      })),
      fc.constant({ numbering: undefined, text: String(day) }),
      fc.tuple(anyCase(WEEKDAYS[day] ?? ""), fc.integer({ min: 3, max: 9 }))
        .map(([name, length]) => ({ numbering: undefined, text: name.slice(0, length) })),
    ).map((form) => ({ ...form, day }))
  );
  fc.assert(fc.property(forms, ({ day, numbering, text }) => {
    assert.equal(readValue(new Weekdays(numbering), text).value, day, text);
  }));
});

Deno.test("a status, an id and a zone in any form are read back", () => {
  const statuses = fc.constantFrom(["active", true], ["up", true], ["online", true], ["inactive", false], [
    "down",
    false,
  ])
    .chain(([word, active]) => anyCase(String(word)).map((text) => ({ text, active })));
  fc.assert(fc.property(statuses, ({ text, active }) => assert.equal(readValue(STATUS, text).value, active)));
  const ids = fc.bigInt({ min: 0n, max: 10n ** 19n }).chain((id) =>
    fc.constantFrom("", "'").chain((before) =>
      fc.constantFrom("", ".0").map((behind) => ({ id: String(id), before, behind }))
    )
  );
  fc.assert(fc.property(ids, ({ id, before, behind }) => {
    assert.equal(readValue(STORE_ID, `${before}${id}${behind}`).value, id);
  }));
  const kind = timezoneKind(RULES.zones);
  const names = fc.constantFrom(...RULES.zones.values()).chain(({ id }) => anyCase(id).map((text) => ({ id, text })));
  fc.assert(fc.property(names, ({ id, text }) => assert.equal(readValue(kind, text).value, id)), RUNS);
});
