import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Sql } from "../connection/client.ts";

/** What is left of a limit. */
export interface Allowance {
  readonly isOver: boolean;
  readonly limit: number;
  readonly left: number;
  /** Seconds until it is whole again. */
  readonly resetSeconds: number;
}

const WINDOW_SECONDS = 60;

interface Statement {
  readonly text: string;
  readonly values?: readonly (string | number | null)[];
}

/** Counts what each key or address does in a minute, for all processes together. */
export class RateLimit {
  readonly #limiter: RateLimiterPostgres;
  readonly #limit: number;

  /** @param name tells this limit from others */
  constructor(sql: Sql, { name, perMinute }: { readonly name: string; readonly perMinute: number }) {
    this.#limit = perMinute;
    this.#limiter = new RateLimiterPostgres({
      storeClient: clientOf(sql),
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points: perMinute,
      duration: WINDOW_SECONDS,
      // Beyond the limit, nothing is asked until the minute is over.
      inMemoryBlockOnConsumed: perMinute + 1,
    });
  }

  /** Counts one more. */
  async take(who: string): Promise<Allowance> {
    try {
      return this.#allowance(await this.#limiter.consume(who), false);
    } catch (error) {
      if (error instanceof RateLimiterRes) return this.#allowance(error, true);
      throw error;
    }
  }

  #allowance({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean): Allowance {
    const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return { isOver, limit: this.#limit, left: remainingPoints, resetSeconds };
  }
}

/** Forgets what was counted in minutes that are over. */
export async function forgetOldCounts(sql: Sql): Promise<void> {
  await sql`delete from rate_limits where expire < extract(epoch from clock_timestamp()) * 1000`;
}

/** The library speaks to a client of `pg`. */
function clientOf(sql: Sql) {
  return {
    async query({ text, values = [] }: Statement) {
      const rows = await sql.unsafe(text, [...values]);
      return { rows: [...rows], rowCount: rows.count };
    },
  };
}
