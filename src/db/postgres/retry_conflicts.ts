import { codeOf } from "../../error_code.ts";

/** The code of an error after which a transaction is to be done again: a serialization failure. */
export const TRY_AGAIN = "40001";
/** Deadlock; serialization failure, where the database asks for that isolation. */
const CONFLICTS = new Set(["40P01", TRY_AGAIN]);
/** No partition for a row: none has been made yet, or somebody dropped it just now. */
const NO_PARTITION = "23514";
const TRIES = 5;

/**
 * Does a transaction again that Postgres ended because another one was in its way. Everybody here takes locks in one
 * order, so that this should not happen; who writes to the tables by hand may not.
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
