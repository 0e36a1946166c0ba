import type { MiddlewareHandler } from "hono";
import { isReachable } from "../../db/connection/client.ts";
import { callerLeft } from "../../db/postgres/transaction.ts";
import type { HttpDeps, HttpEnv } from "../deps.ts";
import { Problem } from "../kit/problem.ts";

/** How long an answer may take before the service checks that Postgres answers at all. */
const SUSPICION_MS = 6_000;
/** A request that only reads waits for no other, so this is too long for a database that works. */
const READING_MS = 9_500;

const READING = ["GET", "HEAD"];

/**
 * Answers with 503 within ten seconds if Postgres does not. What writes may wait longer for others who write, as long as
 * Postgres can be reached.
 */
export function answerInTime({ sql }: Pick<HttpDeps, "sql">): MiddlewareHandler<HttpEnv> {
  return async function answerInTime(c, next) {
    const left = new AbortController();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const giveUp = () => {
      const problem = new Problem("database-unavailable", "It did not answer in time. Try again in a few seconds", {
        headers: { "Retry-After": "5" },
      });
      left.abort(problem);
      reject(problem);
    };
    const suspicion = setInterval(async () => await isReachable(sql) || giveUp(), SUSPICION_MS);
    const giveUpUnlessRendering = () => c.get("isRendering") || giveUp();
    const limit = READING.includes(c.req.method) ? setTimeout(giveUpUnlessRendering, READING_MS) : undefined;
    const answered = callerLeft.run(left.signal, next);
    try {
      await Promise.race([answered, late]);
    } finally {
      clearInterval(suspicion);
      clearTimeout(limit);
      // The client has its answer, so a later error has no reader.
      answered.catch(() => {});
    }
  };
}
