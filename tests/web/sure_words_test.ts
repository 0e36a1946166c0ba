import assert from "node:assert/strict";
import { HOUR } from "../../src/domain/time/interval.ts";
import { sureSentence, sureWords } from "../../src/web/kit/sure_words.ts";
import { measuresWith } from "../support/row.ts";

/** The words with plain spaces. */
function said(measures: Parameters<typeof sureSentence>[0]): string | undefined {
  return sureSentence(measures)?.replaceAll("\u202f", " ");
}

Deno.test("an uptime has its bounds and its observed share beside it", () => {
  const scheduled = 1000 * HOUR;
  const measures = measuresWith({ scheduled, observed: 640 * HOUR, up_low: 912 * HOUR, up_high: 960 * HOUR });
  assert.equal(said(measures), "between 91.2 and 96.0; observed 64.0 %");
});

Deno.test("all is rounded down, the upper bound up: the truth is never outside of what is written", () => {
  const scheduled = 1000 * HOUR;
  const almost = { scheduled, observed: scheduled - 1, up_low: scheduled - 1, up_high: scheduled - 1 };
  assert.equal(said(measuresWith(almost)), "between 99.9 and 100.0; observed 99.9 %");
  const hardly = { scheduled, observed: 1, up_low: 1, up_high: 1 };
  assert.equal(said(measuresWith(hardly)), "between 0.0 and 0.1; observed 0.0 %");
});

Deno.test("sums of many stores are written as exactly", () => {
  const scheduled = 10n ** 30n;
  const totals = { scheduled, observed: scheduled - 1n, up_low: 1n, up_high: scheduled - 1n };
  assert.equal(said(totals), "between 0.0 and 100.0; observed 99.9 %");
});

Deno.test("where nothing was scheduled, or an old report does not know, there is nothing to say", () => {
  assert.equal(said(measuresWith({})), undefined);
  assert.equal(said({ up: 1n, down: 1n }), undefined);
  assert.deepEqual(sureWords({}), { low: undefined, high: undefined, observed: undefined });
});
