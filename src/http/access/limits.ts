import type { Context } from "hono";
import { type Allowance, RateLimit } from "../../db/access/rate_limit.ts";
import type { Sql } from "../../db/connection/client.ts";
import type { Principal } from "../../domain/access/principal.ts";
import type { HttpEnv } from "../deps.ts";
import { networkOf } from "../guard/client.ts";
import { Problem } from "../kit/problem.ts";
import type { Proxies } from "./peer.ts";

/** Requests that an address may send in a minute without a key that counts. */
const REFUSALS_PER_MINUTE = 60;

interface LimitsOptions {
  readonly proxies: Proxies;
  /** Requests of each key or person. */
  readonly perMinute: number;
}

/** How much each key may ask, and each address without one. */
export class AccessLimits {
  readonly #keys: RateLimit;
  readonly #addresses: RateLimit;
  readonly #proxies: Proxies;

  constructor(sql: Sql, { proxies, perMinute }: LimitsOptions) {
    this.#keys = new RateLimit(sql, { name: "key", perMinute });
    this.#addresses = new RateLimit(sql, { name: "address", perMinute: REFUSALS_PER_MINUTE });
    this.#proxies = proxies;
  }

  /** Counts a request of a key or person. @throws {Problem} if there were too many */
  async countRequest({ actor }: Principal): Promise<Allowance> {
    const allowance = await this.#keys.take(actor);
    if (allowance.isOver) throw tooMany(allowance);
    return allowance;
  }

  /** Counts a request that is refused. @throws {Problem} if its address had too many */
  async countRefusal(c: Context<HttpEnv>): Promise<void> {
    const address = this.#proxies.addressOf(c);
    if (address === undefined) return;
    const allowance = await this.#addresses.take(networkOf(address));
    if (allowance.isOver) throw tooMany(allowance);
  }
}

/** What an answer says of the limit, as draft-ietf-httpapi-ratelimit-headers has it. */
export function limitHeaders({ limit, left, resetSeconds }: Allowance): Record<string, string> {
  return { "RateLimit-Policy": `"minute";q=${limit};w=60`, "RateLimit": `"minute";r=${left};t=${resetSeconds}` };
}

function tooMany(allowance: Allowance): Problem {
  return new Problem("too-many-requests", `At most ${allowance.limit} are allowed in a minute`, {
    headers: { ...limitHeaders(allowance), "Retry-After": String(allowance.resetSeconds) },
  });
}
