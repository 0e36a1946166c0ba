import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

/** Waits until something is so. @throws {AssertionError} if it is not within some seconds */
export async function until(condition: () => Promise<boolean>, what: string, seconds = 60): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `Not so within ${seconds} s: ${what}`);
    await delay(50);
  }
}
