/** Dated hours by example. 2023-01-25 (today) is a Wednesday; where no zone is named, it is UTC. */
import assert from "node:assert/strict";
import { excluded, openings } from "../../src/domain/openings/opening_rules.ts";
import { everyDay, instant, rulesOf, type StoreParts, text, timeOfDay } from "../support/build.ts";

const NINE_TO_FIVE = everyDay("09:00", "17:00");

function opened(parts: Partial<StoreParts>, from = "2023-01-24 00:00", to = "2023-01-27 00:00"): string[] {
  return openings(rulesOf(parts), { start: instant(from), end: instant(to) }).map(words);
}

function leftOut(parts: Partial<StoreParts>, from = "2023-01-24 00:00", to = "2023-01-27 00:00"): string[] {
  return excluded(rulesOf(parts), { start: instant(from), end: instant(to) }).map(words);
}

function words({ start, end }: { start: number; end: number }): string {
  return `${text(start).slice(5)} to ${text(end).slice(5)}`;
}

function time(start: string, end: string) {
  return { start: timeOfDay(start), end: timeOfDay(end) };
}

Deno.test("R60: a version holds from its date on, for openings that begin on that date or later", () => {
  const later = { "2023-01-25": everyDay("10:00", "12:00") };
  assert.deepEqual(opened({ hours: everyDay("22:00", "02:00"), later }), [
    "01-24 00:00 to 01-24 02:00",
    "01-24 22:00 to 01-25 02:00",
    "01-25 10:00 to 01-25 12:00",
    "01-26 10:00 to 01-26 12:00",
  ]);
});

Deno.test("R60: of several versions the latest that has begun counts", () => {
  const later = { "2023-01-20": everyDay("10:00", "11:00"), "2023-01-26": everyDay("12:00", "13:00") };
  assert.deepEqual(opened({ hours: NINE_TO_FIVE, later }), [
    "01-24 10:00 to 01-24 11:00",
    "01-25 10:00 to 01-25 11:00",
    "01-26 12:00 to 01-26 13:00",
  ]);
});

Deno.test("R60: the date of a version is the store's own", () => {
  // In Auckland the 26th begins on the 25th at 11:00 in UTC.
  const parts = { zone: "Pacific/Auckland", hours: [], later: { "2023-01-26": everyDay("00:00", "24:00") } };
  assert.deepEqual(opened(parts), ["01-25 11:00 to 01-27 00:00"]);
});

Deno.test("R61: before its first version a store is always open", () => {
  assert.deepEqual(opened({ later: { "2023-01-25": NINE_TO_FIVE } }), [
    "01-24 00:00 to 01-25 00:00",
    "01-25 09:00 to 01-25 17:00",
    "01-26 09:00 to 01-26 17:00",
  ]);
});

Deno.test("R62: from a version without rows on a store is closed", () => {
  assert.deepEqual(opened({ hours: NINE_TO_FIVE, later: { "2023-01-25": [] } }), ["01-24 09:00 to 01-24 17:00"]);
});

Deno.test("R63: special hours replace all openings that begin on their date", () => {
  const hours = [...everyDay("09:00", "12:00"), ...everyDay("13:00", "17:00")];
  assert.deepEqual(opened({ hours, special: { "2023-01-25": [time("10:00", "11:00"), time("15:00", "16:00")] } }), [
    "01-24 09:00 to 01-24 12:00",
    "01-24 13:00 to 01-24 17:00",
    "01-25 10:00 to 01-25 11:00",
    "01-25 15:00 to 01-25 16:00",
    "01-26 09:00 to 01-26 12:00",
    "01-26 13:00 to 01-26 17:00",
  ]);
});

Deno.test("R63: without times the date is closed", () => {
  assert.deepEqual(opened({ hours: NINE_TO_FIVE, special: { "2023-01-25": [] } }), [
    "01-24 09:00 to 01-24 17:00",
    "01-26 09:00 to 01-26 17:00",
  ]);
});

Deno.test("R64: an opening that began on the date before stays", () => {
  assert.deepEqual(opened({ hours: everyDay("22:00", "02:00"), special: { "2023-01-25": [] } }), [
    "01-24 00:00 to 01-24 02:00",
    "01-24 22:00 to 01-25 02:00",
    "01-26 22:00 to 01-27 00:00",
  ]);
});

Deno.test("R64: special hours that end on the next date are not cut, even if that date is special or closed", () => {
  const special = { "2023-01-24": [time("20:00", "03:00")], "2023-01-25": [] };
  assert.deepEqual(opened({ hours: NINE_TO_FIVE, special }), [
    "01-24 20:00 to 01-25 03:00",
    "01-26 09:00 to 01-26 17:00",
  ]);
});

Deno.test("R64: equal times are one full turn of the clock, and a time from 24:00 on is on the next date", () => {
  assert.deepEqual(opened({ hours: [], special: { "2023-01-24": [time("09:00", "09:00")] } }), [
    "01-24 09:00 to 01-25 09:00",
  ]);
  const late = {
    "2023-01-24": [time("24:00", "25:30"), time("20:00", "26:00")],
    "2023-01-25": [time("09:00", "10:00")],
  };
  assert.deepEqual(opened({ hours: [], special: late }), ["01-24 20:00 to 01-25 02:00", "01-25 09:00 to 01-25 10:00"]);
});

Deno.test("R65: special hours replace the one opening that a date of an always open store has, midnight to midnight", () => {
  assert.deepEqual(opened({ special: { "2023-01-25": [time("10:00", "11:00")] } }), [
    "01-24 00:00 to 01-25 00:00",
    "01-25 10:00 to 01-25 11:00",
    "01-26 00:00 to 01-27 00:00",
  ]);
  // In Chicago, which is six hours behind.
  assert.deepEqual(opened({ zone: "America/Chicago", special: { "2023-01-25": [] } }), [
    "01-24 00:00 to 01-25 06:00",
    "01-26 06:00 to 01-27 00:00",
  ]);
});

Deno.test("R65: an always open store closed on the date of a clock change loses 23 or 25 hours", () => {
  for (const [date, hours] of [["2023-03-12", 23], ["2023-11-05", 25]] as const) {
    const [from, to] = [`${date} 00:00`, `${date.slice(0, 9)}${Number(date.at(-1)) + 2} 00:00`];
    const open = openings(rulesOf({ zone: "America/Chicago", special: { [date]: [] } }), {
      start: instant(from),
      end: instant(to),
    });
    assert.equal(open.reduce((sum, { start, end }) => sum + end - start, 0), (48 - hours) * 3_600_000_000);
  }
});

Deno.test("R66: the store's own special hours of a date win over those of all stores, date by date", () => {
  const ofAll = { "2023-01-24": [], "2023-01-25": [] };
  const special = { "2023-01-25": [time("10:00", "11:00")] };
  assert.deepEqual(opened({ hours: NINE_TO_FIVE, special, ofAll }), [
    "01-25 10:00 to 01-25 11:00",
    "01-26 09:00 to 01-26 17:00",
  ]);
});

Deno.test("R67: exclusions that overlap or touch count once, and are cut to the span", () => {
  const exclusions = [
    { from: "2023-01-25T12:00:00Z", to: "2023-01-25T14:00:00Z" },
    { from: "2023-01-25T10:00:00Z", to: "2023-01-25T12:00:00Z" },
    { from: "2023-01-25T11:00:00", to: "2023-01-25T13:00:00" },
    { from: "2023-01-26T22:00:00Z", to: "2023-01-28T00:00:00Z" },
  ];
  assert.deepEqual(leftOut({ exclusions }), ["01-25 10:00 to 01-25 14:00", "01-26 22:00 to 01-27 00:00"]);
});

Deno.test("R68: a local exclusion follows the store's zone, an exclusion between instants does not", () => {
  const exclusions = [{ from: "2023-01-25T10:00:00", to: "2023-01-25T12:00:00" }];
  assert.deepEqual(leftOut({ zone: "America/Chicago", exclusions }), ["01-25 16:00 to 01-25 18:00"]);
  const instants = [{ from: "2023-01-25T10:00:00Z", to: "2023-01-25T12:00:00Z" }];
  assert.deepEqual(leftOut({ zone: "America/Chicago", exclusions: instants }), ["01-25 10:00 to 01-25 12:00"]);
});

Deno.test("R68: a local exclusion is empty where clocks leave nothing between its ends", () => {
  // Chicago, 2023-03-12: 02:30 moves to 03:30, after 03:00.
  const exclusions = [{ from: "2023-03-12T02:30:00", to: "2023-03-12T03:00:00" }];
  assert.deepEqual(leftOut({ zone: "America/Chicago", exclusions }, "2023-03-12 00:00", "2023-03-13 00:00"), []);
});

Deno.test("R69: openings know no exclusions", () => {
  const exclusions = [{ from: "2023-01-25T00:00:00Z", to: "2023-01-26T00:00:00Z" }];
  assert.deepEqual(opened({ hours: NINE_TO_FIVE, exclusions }), opened({ hours: NINE_TO_FIVE }));
});
