/**
 * Deadlock, serialization failure where the database asks for that isolation, and no partition for a row: somebody dropped
 * it between its making and the row.
 */
const CONFLICTS = new Set(["40P01", "40001", "23514"]);
const TRIES = 5;

/**
 * Does a transaction again that Postgres ended because another one was in its way. Everybody here takes locks in one
 * order, so that this should not happen; who writes to the tables by hand may not.
 */
export async function retryConflicts<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let tries = 1;; tries++) {
    try {
      return await transaction();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (tries >= TRIES || !CONFLICTS.has(code)) throw error;
    }
  }
}
