import { Problem } from "../kit/problem.ts";

/**
 * Waits so long for the database, and no longer.
 *
 * @throws {Problem} if it has not answered by then
 */
export async function inTime<Result>(asking: Promise<Result>, patienceMs: number): Promise<Result> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const late = () =>
    reject(new Problem("database-unavailable", "It does not answer", { headers: { "Retry-After": "2" } }));
  const timer = setTimeout(late, patienceMs);
  try {
    return await Promise.race([asking, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
