import { codeOf } from "../../src/error_code.ts";

/** Postgres' code for a database that has connections. */
const IN_USE = "55006";
const TRIES = 50;

/** Repeats an action on a database: a backend that has just been closed may still hold it for a moment. */
export async function retryWhileInUse(action: () => Promise<unknown>): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      await action();
      return;
    } catch (error) {
      if (codeOf(error) !== IN_USE || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
