import assert from "node:assert/strict";
import { openTimezone } from "../../src/domain/time/timezone.ts";
import { field, grouped, rowsOf, sampleText } from "./read_sample.ts";
import { RULES } from "../support/rules.ts";

const STORES = 2_000;
const sample = await sampleText(STORES, 8, 42);
const polls = rowsOf(sample.polls);
const hours = rowsOf(sample.hours);
const timezones = rowsOf(sample.timezones);

const idOf = (row: string) => field(row, 0);
const pollsOf = grouped(polls, idOf);
const hoursOf = grouped(hours, idOf);
const zoneOf = new Map(timezones.map((row) => [idOf(row), field(row, 1)]));
const everyId = new Set([...pollsOf.keys(), ...hoursOf.keys(), ...zoneOf.keys()]);

function assertBetween(value: number, least: number, most: number): void {
  assert.ok(value >= least && value <= most, `${value} is not between ${least} and ${most}`);
}

/** The share of a group's members of which something is true. */
function share<T>(members: Iterable<T>, isSo: (member: T) => boolean): number {
  const all = [...members];
  return all.filter(isSo).length / all.length;
}

Deno.test("each store of the sample is in one of the files, with an id of its own, mostly of 19 digits", () => {
  assert.equal(everyId.size, STORES);
  assert.equal(timezones.length, zoneOf.size);
  assertBetween(share(everyId, (id) => id.length === 19), 0.85, 0.93);
  assert.ok([...everyId].every((id) => /^[1-9]\d{0,18}$/.test(id) && BigInt(id) < 2n ** 63n));
});

Deno.test("every poll is valid", () => {
  const valid = /^\d{1,19},(active|inactive),2023-01-(1[89]|2[0-5]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{1,5}[1-9] UTC$/;
  assert.deepEqual(polls.filter((row) => !valid.test(row)), []);
});

Deno.test("every row of hours is valid", () => {
  const valid = /^\d{1,19},[0-6],([01]\d|2[0-3]):[0-5]\d:00,([01]\d|2[0-3]):[0-5]\d:(00|59)$/;
  assert.deepEqual(hours.filter((row) => !valid.test(row)), []);
});

Deno.test("every zone is one that the domain opens", () => {
  for (const zone of new Set(zoneOf.values())) assert.equal(openTimezone(zone, RULES).id, zone);
});

Deno.test("New York, Los Angeles and Chicago have the shares of the real export", () => {
  const shareOf = (city: string) => share(zoneOf.values(), (zone) => zone === `America/${city}`);
  assertBetween(shareOf("New_York"), 0.57, 0.64);
  assertBetween(shareOf("Los_Angeles"), 0.21, 0.27);
  assertBetween(shareOf("Chicago"), 0.09, 0.13);
});

Deno.test("14,092 stores would have about 1.8 million polls", () => {
  assertBetween(polls.length / STORES * 14_092, 1_750_000, 1_900_000);
});

Deno.test("polls without zone, polls without hours, and zones without hours or polls occur as in the real export", () => {
  assertBetween(share(pollsOf.keys(), (id) => !zoneOf.has(id)), 0.045, 0.08);
  assertBetween(share(pollsOf.keys(), (id) => !hoursOf.has(id)), 0.18, 0.24);
  assertBetween(share(zoneOf.keys(), (id) => !hoursOf.has(id)), 0.12, 0.19);
  assertBetween(share(zoneOf.keys(), (id) => !pollsOf.has(id)), 0.001, 0.015);
});

Deno.test("15.7 % of the store-days have two or three rows", () => {
  const storeDays = grouped(hours, (row) => `${idOf(row)},${field(row, 1)}`);
  assertBetween(share(storeDays.values(), (rows) => rows.length > 1), 0.12, 0.195);
  assert.ok([...storeDays.values()].every((rows) => rows.length <= 3));
});

Deno.test("19 % of the stores with hours lack a weekday", () => {
  const weekdays = (rows: string[]) => new Set(rows.map((row) => field(row, 1))).size;
  assertBetween(share(hoursOf.values(), (rows) => weekdays(rows) < 7), 0.15, 0.22);
});

Deno.test("nights are mostly split at midnight, and some are one row", () => {
  const starting = (time: string) => hours.filter((row) => field(row, 2) === time).length;
  const ending = (time: string) => hours.filter((row) => field(row, 3) === time).length;
  assertBetween(starting("00:00:00") / hours.length, 0.2, 0.3);
  assertBetween(ending("23:59:59") / hours.length, 0.12, 0.22);
  assertBetween(ending("23:59:00") / hours.length, 0.09, 0.18);
  assertBetween(share(hours, (row) => field(row, 3) < field(row, 2)), 0.001, 0.03);
});

Deno.test("polls are in the order of neither time nor store", () => {
  const falls = (column: number) =>
    polls.filter((row, index) => index > 0 && field(row, column) < field(polls[index - 1] ?? "", column)).length;
  assertBetween(falls(2) / polls.length, 0.4, 0.6);
  assertBetween(falls(0) / polls.length, 0.4, 0.6);
});

Deno.test("the latest poll is at the as-of, and on 2023-01-23 there is none", () => {
  const latest = polls.reduce((latest, row) => field(row, 2) > latest ? field(row, 2) : latest, "");
  assert.equal(latest, "2023-01-25 18:13:22.47922 UTC");
  const dates = new Set(polls.map((row) => field(row, 2).slice(8, 10)));
  assert.deepEqual([...dates].sort(), ["18", "19", "20", "21", "22", "24", "25"]);
});

Deno.test("four stores in ten have been seen inactive, the others are always active", () => {
  assertBetween(share(pollsOf.values(), (rows) => rows.some(isInactive)), 0.36, 0.5);
});

Deno.test("an outage lasts for hours: after an inactive poll the next is mostly inactive, too", () => {
  let after = 0;
  let again = 0;
  for (const rows of pollsOf.values()) {
    const inTime = rows.toSorted((a, b) => field(a, 2) < field(b, 2) ? -1 : 1);
    for (const [index, row] of inTime.entries()) {
      if (index === 0 || !isInactive(inTime[index - 1] ?? "")) continue;
      after++;
      if (isInactive(row)) again++;
    }
  }
  assertBetween(again / after, 0.7, 0.95);
});

Deno.test("one poll in a thousand is there twice, and a few twins disagree", () => {
  const times = grouped(polls, (row) => `${idOf(row)} ${field(row, 2)}`);
  const twins = [...times.values()].filter((rows) => rows.length > 1);
  assertBetween(twins.length / polls.length, 0.0007, 0.0014);
  const disagreeing = twins.filter((rows) => new Set(rows).size > 1);
  assertBetween(disagreeing.length, 1, twins.length / 5);
});

function isInactive(row: string): boolean {
  return field(row, 1) === "inactive";
}
