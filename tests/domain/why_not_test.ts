/** Why a store is not meant to be open: of each piece of a timeline. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { exclusionAt } from "../../src/domain/openings/exclusion.ts";
import { type OpeningRules, openings } from "../../src/domain/openings/opening_rules.ts";
import { METHODS } from "../../src/domain/method.ts";
import { type Piece, sumOf } from "../../src/domain/piece.ts";
import { formatDate } from "../../src/domain/time/instant.ts";
import { type CalendarNotes, type ExclusionNote, explained, type WhyNot } from "../../src/domain/openings/why_not.ts";
import {
  everyDay,
  exclusion,
  instant,
  store,
  type StoreParts,
  text,
  timeOfDay,
  type Written,
} from "../support/build.ts";
import { layOut } from "../support/row.ts";
import { anyMethod, MICROSECOND } from "./arbitraries.ts";
import { datedStore } from "./calendar_arbitraries.ts";

/** Notes about all that a calendar has. The reason of a special date is the date. */
function notesOf({ special }: OpeningRules, written: readonly Written[] = []): CalendarNotes {
  const dates = [...special.entries()].flatMap(([place, list]) =>
    [...list.keys()].map((date) => ({ date, reason: formatDate(date), isForAll: place > 0 }))
  );
  const exclusions = written.map((each, place): ExclusionNote => ({
    ...exclusion(each),
    exclusionId: `${place}`,
    kind: "planned",
    reason: `${each.from} to ${each.to}`,
    madeBy: "page",
    isForAll: false,
  }));
  return { specialDates: new Map(dates.toReversed().map((note) => [note.date, note])), exclusions };
}

function wordsOf(why: WhyNot | undefined): string {
  if (why === undefined) return "open";
  if (why.because === "special_date") return `special ${why.specialDate.reason}`;
  return why.because === "closed" ? "closed" : why.exclusions.map(({ reason }) => `excluded ${reason}`).join(" and ");
}

/** The pieces of a span, each as `from to why`. */
function told(parts: Partial<StoreParts>, from: string, to: string): string[] {
  const facts = store(parts);
  const span = { start: instant(from), end: instant(to) };
  const { pieces } = layOut(facts, { asOf: span.end, method: METHODS.step, span });
  return explained(pieces, facts.rules, notesOf(facts.rules, parts.exclusions))
    .map(({ start, end, whyNot }) => `${text(start)} ${text(end)} ${wordsOf(whyNot)}`);
}

Deno.test("a night is closed, a special date is special from midnight to midnight, also where it opens for a while", () => {
  const parts = {
    hours: everyDay("09:00", "17:00"),
    special: { "2022-12-25": [], "2022-12-26": [{ start: timeOfDay("12:00"), end: timeOfDay("13:00") }] },
  };
  assert.deepEqual(told(parts, "2022-12-24 12:00", "2022-12-27 12:00"), [
    "2022-12-24 12:00 2022-12-24 17:00 open",
    "2022-12-24 17:00 2022-12-25 00:00 closed",
    "2022-12-25 00:00 2022-12-26 00:00 special 2022-12-25",
    "2022-12-26 00:00 2022-12-26 12:00 special 2022-12-26",
    "2022-12-26 12:00 2022-12-26 13:00 open",
    "2022-12-26 13:00 2022-12-27 00:00 special 2022-12-26",
    "2022-12-27 00:00 2022-12-27 09:00 closed",
    "2022-12-27 09:00 2022-12-27 12:00 open",
  ]);
});

Deno.test("the hours after midnight that a special date does not open are that date's", () => {
  const parts = { hours: everyDay("18:00", "02:00"), special: { "2022-12-24": [] } };
  assert.deepEqual(told(parts, "2022-12-24 00:00", "2022-12-25 19:00"), [
    "2022-12-24 00:00 2022-12-24 02:00 open",
    "2022-12-24 02:00 2022-12-25 02:00 special 2022-12-24",
    "2022-12-25 02:00 2022-12-25 18:00 closed",
    "2022-12-25 18:00 2022-12-25 19:00 open",
  ]);
});

Deno.test("where exclusions overlap, all of them are the reason", () => {
  const [long, short] = [
    { from: "2023-01-25T10:00:00", to: "2023-01-25T14:00:00" },
    { from: "2023-01-25T12:00:00Z", to: "2023-01-25T13:00:00Z" },
  ];
  const excluded = (...written: Written[]) => written.map(({ from, to }) => `excluded ${from} to ${to}`).join(" and ");
  assert.deepEqual(told({ hours: everyDay("09:00", "17:00"), exclusions: [long, short] }, "09:00", "18:00"), [
    "2023-01-25 09:00 2023-01-25 10:00 open",
    `2023-01-25 10:00 2023-01-25 12:00 ${excluded(long)}`,
    `2023-01-25 12:00 2023-01-25 13:00 ${excluded(long, short)}`,
    `2023-01-25 13:00 2023-01-25 14:00 ${excluded(long)}`,
    "2023-01-25 14:00 2023-01-25 17:00 open",
    "2023-01-25 17:00 2023-01-25 18:00 closed",
  ]);
});

/** Asks the calendar about one instant: what excludes it, which date it is, and which date would open it if it were not special. */
function slowWhy({ state, start }: Piece, rules: OpeningRules, { specialDates, exclusions }: CalendarNotes): string {
  const { timezone, special } = rules;
  const isAt = ({ start: from, end }: { start: number; end: number }) => from <= start && start < end;
  if (state === "excluded") {
    const found = exclusions.filter((each) => isAt(exclusionAt(each, timezone)));
    return wordsOf({ because: "exclusion", exclusions: found });
  }
  if (state !== "closed") return "open";
  const notes = [...specialDates.values()];
  const today = notes.find(({ date }) =>
    isAt({ start: timezone.instantOf(date, 0), end: timezone.instantOf(date + 1, 0) })
  );
  const yesterday = notes.find(({ date }) => {
    const usual = special.map((list) => new Map([...list].filter(([other]) => other !== date)));
    const isBefore = timezone.instantOf(date + 1, 0) <= start;
    return isBefore && openings({ ...rules, special: usual }, { start, end: start + 1 }).length > 0;
  });
  const note = today ?? yesterday;
  return note === undefined ? "closed" : `special ${note.reason}`;
}

Deno.test("each piece has the reason that a look at its first and last instants gives, for any calendar and method", () => {
  fc.assert(
    fc.property(datedStore(MICROSECOND), anyMethod, ({ store: parts, ...question }, method) => {
      const facts = store(parts);
      const notes = notesOf(facts.rules, parts.exclusions);
      const { pieces } = layOut(facts, { ...question, method });
      for (const { whyNot, ...piece } of explained(pieces, facts.rules, notes)) {
        for (const at of [piece.start, piece.end - 1]) {
          assert.equal(wordsOf(whyNot), slowWhy({ ...piece, start: at }, facts.rules, notes), text(at));
        }
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("reasons change no sum, leave no gap, and two pieces side by side differ", () => {
  fc.assert(
    fc.property(datedStore(MICROSECOND), anyMethod, ({ store: parts, ...question }, method) => {
      const facts = store(parts);
      const { pieces, span } = layOut(facts, { ...question, method });
      const found = explained(pieces, facts.rules, notesOf(facts.rules, parts.exclusions));
      assert.deepEqual(sumOf(found), sumOf(pieces));
      assert.deepEqual(found.map(({ start }) => start), [span.start, ...found.map(({ end }) => end)].slice(0, -1));
      found.slice(1).forEach(({ state, source, whyNot }, index) => {
        const before = found[index];
        const isOther = state !== before?.state || source !== before.source ||
          wordsOf(whyNot) !== wordsOf(before.whyNot);
        assert.ok(isOther, `${text(before?.end ?? 0)}: ${state}, ${wordsOf(whyNot)}`);
      });
    }),
    { numRuns: 300 },
  );
});
