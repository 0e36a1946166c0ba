import type { Interval, Micros } from "../../src/domain/time/interval.ts";
import { changesUpTo, type ZoneChanges, type ZoneRules } from "../../src/domain/time/zone_rules.ts";

/** When two sets of rules give a zone other offsets, from the first such moment of a span to the last. */
export function difference(
  zone: string,
  [a, b]: readonly [ZoneRules, ZoneRules],
  span: Interval,
): Interval | undefined {
  const [left, right] = [a, b].map(({ zones }) => zones.get(zone.toLowerCase()));
  if (left === undefined || right === undefined) return left === right ? undefined : span;
  const cuts = [...new Set([span.start, ...left.at, ...right.at])].filter((at) => span.start <= at && at < span.end)
    .sort((x, y) => x - y);
  const differ = cuts.map((start, index): Interval => ({ start, end: cuts[index + 1] ?? span.end }))
    .filter(({ start }) => offsetAt(left, start) !== offsetAt(right, start));
  const [first] = differ;
  return first && { start: first.start, end: differ.at(-1)?.end ?? first.end };
}

function offsetAt(changes: ZoneChanges, instant: Micros): Micros | undefined {
  return changes.offsets[changesUpTo(changes, instant)];
}
