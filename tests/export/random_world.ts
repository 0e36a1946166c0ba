/** Random worlds: stores with calendars, polls, tags, targets and sales, and what a report asks of them. */
import fc from "fast-check";
import { ResultColumns } from "../../src/domain/measures/result.ts";
import { measurer } from "../../src/domain/measures/store_measures.ts";
import { measuredWindows, windowsBy } from "../../src/domain/report_request.ts";
import { askedWindows } from "../../src/domain/time/parse_window.ts";
import { UTC } from "../../src/domain/time/timezone.ts";
import { windowFaults } from "../../src/domain/time/window_list.ts";
import type { ReportRows } from "../../src/export/rows.ts";
import {
  anyMethod,
  length,
  MICROSECOND,
  pollsAround,
  staleAfter,
  weeklyHours,
  zoneAndChange,
} from "../domain/arbitraries.ts";
import { calendarAround } from "../domain/calendar_arbitraries.ts";
import { exactMeasuresIn } from "../domain/exact_reference.ts";
import { windowNear } from "../domain/window_arbitraries.ts";
import { store as facts, type StoreParts } from "../support/build.ts";
import { NO_TEXTS } from "../support/row.ts";
import { zoneOf } from "../support/runtime_rules.ts";
import type { SlowStore } from "../support/slow_totals.ts";
import { slowWindow } from "../support/slow_windows.ts";

const DAY = 86_400_000_000;
const KEYS = ["region", "brand", "z"];

const target = fc.oneof(
  fc.constantFrom("0", "99.5", "99.5", "100"),
  fc.integer({ min: 0, max: 1_000_000 }).map((parts) => String(parts / 10_000)),
);
const sales = fc.oneof(
  fc.constantFrom("0", "0.005", "1250.5"),
  fc.bigInt({ min: 0n, max: 10n ** 15n }).map((parts) =>
    `${parts / 1_000_000n}.${String(parts % 1_000_000n).padStart(6, "0")}`
  ),
);
const tags = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.constantFrom("a", "B", "ä", "\u{1F600}", "\uFFFD", "10", "9", "=1"),
);

function storeAt(asOf: number, zone: string) {
  return fc.record({
    parts: fc.record({
      zone: fc.constantFrom(zone, zone, "Pacific/Apia", "America/Chicago"),
      hours: weeklyHours(MICROSECOND),
      polls: pollsAround(asOf, MICROSECOND),
      calendar: calendarAround(asOf, MICROSECOND),
    }).map(({ calendar, ...parts }): StoreParts => ({ ...parts, ...calendar })),
    tags,
    target: fc.option(target, { nil: undefined }),
    sales: fc.option(sales, { nil: undefined }),
  });
}

export const world = zoneAndChange.chain(({ zone, change }) =>
  length(-DAY, 8 * DAY, MICROSECOND).chain((after) =>
    fc.record({
      asOf: fc.constant(change + after),
      staleAfter: staleAfter(MICROSECOND),
      method: anyMethod,
      stores: fc.array(storeAt(change + after, zone), { maxLength: 6 }),
      asked: fc.uniqueArray(windowNear(change + after), { minLength: 1, maxLength: 3 })
        .filter((names) => windowFaults(names).length === 0),
      compare: fc.constantFrom(undefined, "previous" as const),
      groupBy: fc.uniqueArray(fc.constantFrom(...KEYS), { maxLength: 3 }),
      target: fc.option(target, { nil: undefined }),
      precision: fc.integer({ min: 0, max: 6 }),
    })
  )
);

export type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

/** What a report of the world is rendered from. */
export function reportOf(world: World): ReportRows {
  const { asOf, staleAfter, method, stores } = world;
  const names = measuredWindows({ windows: world.asked, compare: world.compare });
  const measuring = { asOf, staleAfter, method, windows: askedWindows(names) };
  const result = new ResultColumns(names, stores.length);
  const [measure, windowsOf] = [measurer(measuring), windowsBy(measuring)];
  for (const [index, { parts, tags, target = "", sales = "" }] of stores.entries()) {
    result.add(String(index), measure(facts(parts)), {
      ...NO_TEXTS,
      tags: Object.keys(tags).length === 0 ? "" : JSON.stringify(tags),
      target_percent: target,
      sales_per_hour: sales,
      windows: windowsOf(zoneOf(parts.zone)),
    });
  }
  const { target: targetPercent, groupBy, precision } = world;
  return { result, windows: windowsOf(UTC), precision, warnings: [], targetPercent, groupBy };
}

/** The stores of a world in each window, by the reference. */
export function slowStores({ asOf, staleAfter, method, stores, ...world }: World): SlowStore[][] {
  const names = world.compare === undefined ? world.asked : world.asked.flatMap((name) => [name, `${name}.previous`]);
  const measured = stores.map(({ parts }) => {
    const moment = { asOf, endsAtFullHour: method.windowsEnd === "full hour", zone: parts.zone };
    return exactMeasuresIn(parts, { asOf, method, staleAfter }, names.map((name) => slowWindow(name, moment)));
  });
  return names.map((_, window) =>
    stores.map(({ tags, target, sales }, index) => ({
      tags,
      sales,
      target: target ?? world.target,
      measures: measured[index]?.[window] ?? {},
    }))
  );
}
