import assert from "node:assert/strict";
import type { Interval } from "../../src/domain/time/interval.ts";
import type { Ends } from "../support/slow_reference.ts";

/**
 * Fails unless intervals and the slow reference cover the same instants of a span. Between two edges nothing changes, so it is
 * enough to look at each edge and just before it.
 */
export function assertSameTimes(found: readonly Interval[], expected: readonly Ends[], span: Interval): void {
  const wanted = expected.map(({ start, end }) => ({ start: Number(start), end: Number(end) }));
  const edges = [...found, ...wanted, span].flatMap(({ start, end }) => [start - 1, start, end - 1, end]);
  for (const at of edges.filter((edge) => span.start <= edge && edge < span.end)) {
    assert.equal(covers(found, at), covers(wanted, at), `at ${new Temporal.Instant(BigInt(at) * 1000n)}`);
  }
}

function covers(intervals: readonly Interval[], at: number): boolean {
  return intervals.some(({ start, end }) => start <= at && at < end);
}
