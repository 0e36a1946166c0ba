import assert from "node:assert/strict";
import { isPollAhead, pollLimits, whyUnbelievable } from "../../src/domain/polls/poll_limits.ts";
import { instant } from "../support/build.ts";

const NOW = instant("2024-01-31 12:00:00.000001");

Deno.test("a poll may be a day ahead of the clock, and as old as 2000", () => {
  const limits = pollLimits(NOW);
  for (const at of ["2000-01-01 00:00:00", "2024-01-31 12:00:00", "2024-02-01 12:00:00.000001"]) {
    assert.equal(whyUnbelievable(instant(at), limits), undefined, at);
  }
  assert.match(whyUnbelievable(instant("1999-12-31 23:59:59.999999"), limits) ?? "", /before 2000-01-01/);
  assert.match(
    whyUnbelievable(instant("2024-02-01 12:00:00.000002"), limits) ?? "",
    /after 2024-02-01T12:00:00.000001Z, which is P1D ahead of .* clock.*MAX_POLL_AHEAD/,
  );
});

Deno.test("how far ahead may be said as any ISO 8601 duration", () => {
  const latest = (ahead: string) => pollLimits(NOW, ahead).latest;
  assert.equal(latest("PT0S"), NOW);
  assert.equal(latest("PT1.5H"), instant("2024-01-31 13:30:00.000001"));
  assert.equal(latest("P1M"), instant("2024-02-29 12:00:00.000001"));
  for (const good of ["P1D", "PT0S", "P1Y2M3DT4H5M6.7S", "P100Y"]) assert.ok(isPollAhead(good), good);
  for (const bad of ["", "1", "-P1D", "P", "P1000Y", "one day", "24:00"]) assert.ok(!isPollAhead(bad), bad);
});
