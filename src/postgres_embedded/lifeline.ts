import { closeSync, constants, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf } from "../error_code.ts";

/** Our end of the named pipe by which the guardian knows that the database has users (see embedded.sh). */
export interface Lifeline extends Disposable {
  /** Asks the guardian for its answer; false if it is gone. */
  knock(): boolean;
}

/** Takes hold of a folder's lifeline; `undefined` if no guardian reads it. It is not passed on to child processes. */
export function takeLifeline(folder: string): Lifeline | undefined {
  try {
    // Only a non-blocking open shows that there is no reader.
    const pipe = openSync(`${folder}/lifeline`, constants.O_WRONLY | constants.O_NONBLOCK);
    return { knock: () => knock(pipe), [Symbol.dispose]: () => closeSync(pipe) };
  } catch (error) {
    if (["ENXIO", "ENOENT"].includes(codeOf(error) ?? "")) return undefined;
    throw error;
  }
}

function knock(pipe: number): boolean {
  try {
    writeSync(pipe, "\n");
    return true;
  } catch (error) {
    if (codeOf(error) === "EPIPE") return false;
    if (codeOf(error) === "EAGAIN") return true; // there are enough knocks waiting for it
    throw error;
  }
}

/**
 * Waits until the guardian has answered; false if it went instead. A guardian that answers will see that we are here;
 * one that is about to stop Postgres, because the last user before us left, does not answer any more.
 */
export async function isWelcome(folder: string, lifeline: Lifeline): Promise<boolean> {
  const answer = `${folder}/welcome`;
  rmSync(answer, { force: true });
  while (lifeline.knock()) {
    if (existsSync(answer)) return true;
    await delay(10);
  }
  return false;
}

/** Waits until no guardian is left; only for the last user, since looking for one means being a user for a moment. */
export async function waitForGuardiansEnd(folder: string): Promise<void> {
  for (let guarded = takeLifeline(folder); guarded !== undefined; guarded = takeLifeline(folder)) {
    guarded[Symbol.dispose]();
    await delay(10);
  }
}
