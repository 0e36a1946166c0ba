/** Deadlock; serialization failure, where the database asks for that isolation. */
const CONFLICTS = new Set(["40P01", "40001"]);
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
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (tries >= TRIES || !(CONFLICTS.has(code) || code === NO_PARTITION)) throw error;
      if (code === NO_PARTITION) await providePartitions();
    }
  }
}
