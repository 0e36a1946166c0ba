import assert from "node:assert/strict";
import { progressBar } from "../../src/command/progress.ts";

function bar(isTerminal: boolean) {
  const written: string[] = [];
  const clock = { now: 0 };
  const progress = progressBar({
    label: "polls.csv",
    unit: "rows",
    isTerminal,
    write: (text) => written.push(text),
    now: () => clock.now,
  });
  return { progress, written, clock };
}

Deno.test("on a terminal a bar shows percent, count, rate and the time left, and overwrites itself", () => {
  const { progress, written, clock } = bar(true);
  clock.now = 2_000;
  progress.update(25, 100, { count: 50_000 });
  assert.deepEqual(written, ["\rpolls.csv ██████░░░░░░░░░░░░░░░░░░ 25 %, 50,000 rows, 25,000 rows/s, 6 s left\x1b[K"]);
});

Deno.test("a bar is drawn ten times a second at most, but a new note at once", () => {
  const { progress, written, clock } = bar(true);
  for (clock.now = 0; clock.now < 1_000; clock.now++) progress.update(clock.now, 1_000);
  assert.equal(written.length, 10);
  progress.update(1_000, 1_000, { note: "merging" });
  assert.match(written.at(-1) ?? "", /100 %, 1,000 rows, .*, merging/);
});

Deno.test("a bar wipes itself at its end", () => {
  const { progress, written } = bar(true);
  progress.end();
  assert.deepEqual(written, ["\r\x1b[K"]);
});

Deno.test("elsewhere a plain line is written every five seconds", () => {
  const { progress, written, clock } = bar(false);
  for (clock.now = 0; clock.now <= 11_000; clock.now += 100) progress.update(clock.now, 120_000);
  progress.end();
  assert.deepEqual(written, [
    "polls.csv 4 %, 5,000 rows, 1,000 rows/s, 1 min 55 s left\n",
    "polls.csv 8 %, 10,000 rows, 1,000 rows/s, 1 min 50 s left\n",
  ]);
});

Deno.test("nothing to do is no division by zero", () => {
  const { progress, written } = bar(true);
  progress.update(0, 0);
  assert.doesNotMatch(written.join(), /NaN|Infinity/);
});
