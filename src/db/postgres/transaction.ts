import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as nextRound } from "node:timers/promises";
import { codeOf } from "../../error_code.ts";
import type { Sql, Transaction } from "../connection/client.ts";
import { STALE } from "../connection/lost_connection.ts";

export type Isolation = "read committed" | "repeatable read" | "repeatable read read only";

/**
 * Aborted when a caller has had an answer without the result: a transaction that waits for a connection meanwhile must not
 * do its work after that.
 */
export const callerLeft = new AsyncLocalStorage<AbortSignal>();

/**
 * Does some work in one transaction: committed when the work is done, rolled back when it throws.
 *
 * Use this, not `sql.begin`: when a connection is lost in the middle, postgres.js still sends the rollback, and whatever
 * else the work sends, to a closed socket. That ends the process, or the statement waits in a buffer and runs after
 * the next connect, outside of any transaction. Here nothing is sent any more once the connection is lost.
 *
 * @throws what the work throws, or the loss of the connection; the work has come to its end by then
 */
export async function transaction<Result>(
  sql: Sql,
  work: (tx: Transaction) => Promise<Result>,
  isolation: Isolation = "read committed",
): Promise<Result> {
  for (let tries = 1;; tries++) {
    try {
      return await once(sql, work, isolation);
    } catch (error) {
      if (tries === TRIES || !isStale(error)) throw error;
    }
  }
}

/** How many connections may turn out to be stale. */
const TRIES = 3;

async function once<Result>(
  sql: Sql,
  work: (tx: Transaction) => Promise<Result>,
  isolation: Isolation,
): Promise<Result> {
  const state: End = {};
  let working: Promise<Result> | undefined;
  const attempt = async (tx: Transaction): Promise<{ result: Result }> => {
    try {
      callerLeft.getStore()?.throwIfAborted();
      working = work(fenced(tx, state));
      const result = await working;
      return state.loss ? await NEVER : { result };
    } catch (error) {
      // What the work throws does not say whether this connection is lost: it may be another one. If it is, `state` knows by then.
      await nextRound();
      return state.loss ? await NEVER : await Promise.reject(error);
    }
  };
  try {
    const outcome = await sql.begin(`isolation level ${isolation}`, attempt);
    return outcome.result;
  } catch (error) {
    state.loss = { error };
    await working?.catch(() => {});
    throw error;
  }
}

/** Does some work in a transaction that is always rolled back, so that the database keeps nothing of it. */
export async function rolledBack<Result>(sql: Sql, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  const done: { result: Result }[] = [];
  try {
    await transaction(sql, async (tx) => {
      done.push({ result: await work(tx) });
      throw ROLL_BACK;
    });
  } catch (error) {
    if (error !== ROLL_BACK) throw error;
  }
  const [first] = done;
  if (first === undefined) throw new Error("The work came to no end");
  return first.result;
}

const ROLL_BACK = new Error("Rolled back on purpose");

/** What postgres.js waits for before it would go on with a transaction that it has rejected already. */
const NEVER = new Promise<never>(() => {});

/** How a transaction ended too early, if it did. */
interface End {
  loss?: { readonly error: unknown };
}

/** The transaction as long as its connection lives; after that, every use of it throws what the loss was. */
function fenced(tx: Transaction, state: Readonly<End>): Transaction {
  const check = () => {
    if (state.loss) throw state.loss.error;
  };
  return new Proxy(tx, {
    apply: (target, self, args) => (check(), Reflect.apply(target, self, args)),
    get: (target, key) => (check(), Reflect.get(target, key)),
  });
}

function isStale(error: unknown): boolean {
  return codeOf(error) === STALE;
}
