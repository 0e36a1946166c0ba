/** Random changes: a verification says what a new report would show, and names nothing that did not change. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { changeStore } from "../../src/actions/change_store.ts";
import type { Sql } from "../../src/db/connection/client.ts";
import { mergePolls } from "../../src/db/polls/merge_polls.ts";
import { METHOD_NAMES } from "../../src/domain/method.ts";
import type { ReportRequest } from "../../src/domain/report_request.ts";
import { DAY, HOUR } from "../../src/domain/time/interval.ts";
import { chunkComputer } from "../../src/report/compute_chunk.ts";
import { instant } from "../support/build.ts";
import { EXCLUSIONS, SPECIAL } from "../support/calendar_rows.ts";
import { HOURS, importText } from "../support/csv_file.ts";
import { putStores } from "../support/fleet.ts";
import { rowLines, rowsThatDiffer } from "../support/report_lines.ts";
import { openFixture } from "../support/reports.ts";
import { changedRules, RULES } from "../support/rules.ts";
import { causesOf, verify } from "../support/verify.ts";

const AS_OF = instant("18:00");
const IDS = ["a", "b", "c", "d", "e"];
const ZONES = ["UTC", "America/Chicago", "Asia/Kathmandu", "Pacific/Honolulu"];

const KINDS = ["polls", "calendars", "tags", "tzdata", "version"] as const;

/** A change of one kind. */
interface Change {
  readonly kind: (typeof KINDS)[number];
  readonly apply?: (sql: Sql) => Promise<unknown>;
}

const storeId = fc.constantFrom(...IDS);
const date = fc.integer({ min: -12, max: 3 }).map((days) =>
  new Date(AS_OF / 1000 + days * 86_400_000).toISOString().slice(0, 10)
);
const hour = fc.integer({ min: -6 * 24, max: 12 }).map((hours) => AS_OF + hours * HOUR);
const clock = fc.integer({ min: 0, max: 10 });

const polls = fc.record({
  storeId,
  from: hour,
  polls: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 * HOUR }), fc.boolean()), { minLength: 1, maxLength: 4 }),
}).map(({ storeId, from, polls }): Change => ({
  kind: "polls",
  apply: (sql) => mergePolls(sql, polls.map(([after, active]) => ({ storeId, active, at: from + after }))),
}));

function calendars(text: fc.Arbitrary<string>): fc.Arbitrary<Change> {
  return text.map((text) => ({ kind: "calendars", apply: (sql) => importText(sql, text) }));
}

function details(kind: Change["kind"], changes: fc.Arbitrary<Parameters<typeof changeStore>[2]>): fc.Arbitrary<Change> {
  return fc.tuple(storeId, changes).map(([storeId, changes]) => ({
    kind,
    apply: (sql) => changeStore({ sql, actor: "anonymous", zoneRules: RULES }, storeId, changes),
  }));
}

const change: fc.Arbitrary<Change> = fc.oneof(
  { arbitrary: polls, weight: 4 },
  calendars(
    fc.tuple(storeId, clock).map(([id, from]) =>
      [HOURS, ...[0, 1, 2, 3, 4, 5, 6].map((day) => `${id},${day},${from}:00,23:30`), ""].join("\n")
    ),
  ),
  calendars(
    fc.tuple(fc.constantFrom("*", ...IDS), date, clock).map(([id, date, from]) =>
      `${SPECIAL}\n${id},${date},${from}:00,23:00,\n`
    ),
  ),
  calendars(
    fc.tuple(fc.constantFrom("*", ...IDS), date, clock, fc.constantFrom("", "Z")).map(([id, date, from, end]) => {
      const at = (hour: number) => `${date}T${String(hour).padStart(2, "0")}:00${end}`;
      return `${EXCLUSIONS}\n${id},${at(from)},${at(from + 1)},other,x\n`;
    }),
  ),
  details("calendars", fc.constantFrom(...ZONES).map((timezone) => ({ timezone }))),
  details("tags", fc.constantFrom("West", "East", null).map((region) => ({ tags: { region } }))),
  details("tags", fc.constantFrom("99", "99.5", null).map((targetPercent) => ({ targetPercent, name: targetPercent }))),
  details("tags", fc.constantFrom("10", "0.5", null).map((salesPerHour) => ({ salesPerHour }))),
  fc.constantFrom<Change>({ kind: "tzdata" }, { kind: "version" }),
);

const request: fc.Arbitrary<Partial<ReportRequest>> = fc.record({
  asOf: fc.constantFrom(AS_OF, AS_OF - 10 * HOUR, AS_OF - 20 * HOUR),
  method: fc.constantFrom(...METHOD_NAMES),
  windows: fc.uniqueArray(
    fc.constantFrom("last_hour", "last_day", "today", "yesterday", "2023-01-15", "this_week", "2023-01-20/2023-01-22"),
    { minLength: 1, maxLength: 3 },
  ),
  staleAfter: fc.constantFrom(2 * HOUR, 7 * DAY),
  calendar: fc.constantFrom(undefined, undefined, "Asia/Tokyo"),
  compare: fc.constantFrom(undefined, "previous" as const),
  where: fc.constantFrom(undefined, undefined, undefined, { region: ["West"] }),
});

const MOVED = changedRules(RULES, "2099a", {
  "America/Chicago": [AS_OF - 3 * DAY, -11],
  "Asia/Kathmandu": [AS_OF - 3 * DAY, 9],
});

Deno.test("what a verification finds is what a new report shows, and only what changed is a cause", async () => {
  await using fixture = await openFixture();
  const { sql } = fixture;
  await putStores(sql, IDS.map((id, index) => ({ id, zone: ZONES[index] ?? "UTC" })));
  for (const first of fc.sample(polls, { numRuns: 25, seed: 1 })) await first.apply?.(sql);
  const seen = new Set<Change["kind"]>();
  const world = fc.record({ request, changes: fc.array(change, { minLength: 1, maxLength: 2 }) });
  for (const { request, changes } of fc.sample(world, { numRuns: 40, seed: 5 })) {
    const then = await fixture.report(request);
    for (const { apply } of changes) await apply?.(sql);
    const kinds = new Set(changes.map(({ kind }) => kind));
    const zoneRules = kinds.has("tzdata") ? MOVED : RULES;
    const today = { zoneRules, version: kinds.has("version") ? "other" : "test", chunkSize: 3 };
    const found = await verify(fixture, then.report.reportId, today);
    const compute = chunkComputer(sql, 0, zoneRules);
    const now = await fixture.report(request, { compute, tzdata: zoneRules.version });
    const said = JSON.stringify({ request, kinds: [...kinds], found });
    const differ = rowsThatDiffer(await rowLines(fixture, then), await rowLines(fixture, now));
    assert.equal(found.rowsDiffer, differ, said);
    for (const cause of causesOf(found)) assert.ok(KINDS.some((kind) => kind === cause && kinds.has(kind)), said);
    if (differ > 0) assert.ok(causesOf(found).length > 0, said);
    if (differ > 0 && kinds.size === 1) { for (const kind of kinds) seen.add(kind); }
  }
  for (const kind of ["calendars", "polls", "tags"] as const) assert.ok(seen.has(kind), `${kind} made rows differ`);
});
