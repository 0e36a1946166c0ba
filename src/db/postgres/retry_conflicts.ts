import { codeOf } from "../../error_code.ts";

/** The code of an error after which a transaction is to be done again: a serialization failure. */
export const TRY_AGAIN = "40001";
/** Deadlock; serialization failure, where the database asks for that isolation. */
const CONFLICTS = new Set(["40P01", TRY_AGAIN]);
/** A row has no partition: it does not exist yet, or was dropped just now. */
const NO_PARTITION = "23514";
const TRIES = 5;

/**
 * Repeats a transaction that Postgres ended because of a conflict. Storewatch takes locks in one order, so conflicts
 * come only from statements that people run by hand.
 *
 * @param providePartitions is called first if rows had no partition to go to
 */
export async function retryConflicts<Result>(
  transaction: () => Promise<Result>,
  providePartitions: () => Promise<void>,
): Promise<Result> {
  for (let tries = 1;; tries++) {
    try {
      return await transaction();
    } catch (error) {
      const code = codeOf(error) ?? "";
      if (tries >= TRIES || !(CONFLICTS.has(code) || code === NO_PARTITION)) throw error;
      if (code === NO_PARTITION) await providePartitions();
    }
  }
}
