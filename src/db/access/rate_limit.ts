import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Sql } from "../connection/client.ts";
import { MinuteCounts } from "./minute_counts.ts";

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

/** A process tells the others in so many parts of a limit how much of it is used. */
const PARTS = 20;

/**
 * Counts what each key or address does in a minute. This process counts at once, in memory. Each twentieth of the limit is added to the
 * count that all processes share, and the next twentieth begins when Postgres has answered. So one process is exact, and of several
 * processes each lets at most a tenth more pass.
 */
export class RateLimit {
  readonly #shared: RateLimiterPostgres;
  readonly #own = new MinuteCounts();
  /** What is being added to the shared count. */
  readonly #pending = new Map<string, Promise<void>>();
  /** Until when all processes together have used up the limit, in milliseconds. */
  readonly #usedUp = new Map<string, number>();
  readonly #limit: number;
  readonly #part: number;

  /** @param name tells this limit from others */
  constructor(sql: Sql, { name, perMinute }: { readonly name: string; readonly perMinute: number }) {
    this.#limit = perMinute;
    this.#part = Math.max(1, Math.floor(perMinute / PARTS));
    this.#shared = new RateLimiterPostgres({
      storeClient: clientOf(sql),
      storeType: "client",
      tableName: "rate_limits",
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points: perMinute,
      duration: WINDOW_SECONDS,
    });
  }

  /** Counts one more. Waits only for a twentieth that is not added yet when the next one is full. */
  async take(who: string): Promise<Allowance> {
    const { count, leftMs } = this.#own.add(who, performance.now());
    if (count <= this.#limit && count % this.#part === 0) {
      await this.#pending.get(who);
      if (!this.#usedUp.has(who)) this.#pending.set(who, this.#share(who));
    }
    const waitMs = this.#othersMs(who);
    const isOver = count > this.#limit || waitMs > 0;
    const resetSeconds = Math.min(WINDOW_SECONDS, Math.max(1, Math.ceil(Math.max(leftMs, waitMs) / 1_000)));
    return { isOver, limit: this.#limit, left: isOver ? 0 : this.#limit - count, resetSeconds };
  }

  /** For how long the limit is used up by all processes together. */
  #othersMs(who: string): number {
    const until = this.#usedUp.get(who);
    if (until === undefined) return 0;
    const ms = until - performance.now();
    if (ms <= 0) this.#usedUp.delete(who);
    return ms;
  }

  /** Without Postgres, this process counts on alone. */
  async #share(who: string): Promise<void> {
    try {
      await this.#shared.consume(who, this.#part);
    } catch (error) {
      if (error instanceof RateLimiterRes) this.#usedUp.set(who, performance.now() + error.msBeforeNext);
    } finally {
      this.#pending.delete(who);
    }
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
