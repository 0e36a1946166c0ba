import { hasKeys } from "../../db/access/keys.ts";
import type { Sql } from "../../db/connection/client.ts";

/** How the service is opened to others. */
export interface AccessSettings {
  /** No request needs a key, whatever keys there are. */
  readonly isInsecure: boolean;
  /** People sign in at a provider of identities. */
  readonly hasSignIn: boolean;
  /** Addresses and networks of proxies whose headers say where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** Requests that each key or person may send in a minute. */
  readonly requestsPerMinute: number;
}

export const DEFAULT_ACCESS: AccessSettings = {
  isInsecure: false,
  hasSignIn: false,
  trustedProxies: [],
  requestsPerMinute: 6_000,
};

/** The first key counts so soon after it was made. */
const FRESH_MS = 1_000;

/**
 * Knows whether requests need a key or a person. They do as soon as there has ever been a key, or if there is sign-in: a service that
 * was closed never opens by itself, also when its last key expires.
 */
export class Guard {
  readonly isInsecure: boolean;
  readonly #sql: Sql;
  #isClosed: boolean;
  #openUntil = -Infinity;

  constructor(sql: Sql, { isInsecure, hasSignIn }: Pick<AccessSettings, "isInsecure" | "hasSignIn">) {
    this.#sql = sql;
    this.isInsecure = isInsecure;
    this.#isClosed = hasSignIn;
  }

  async isOpen(): Promise<boolean> {
    if (this.isInsecure) return true;
    if (this.#isClosed) return false;
    if (performance.now() < this.#openUntil) return true;
    this.#isClosed = await hasKeys(this.#sql);
    this.#openUntil = performance.now() + FRESH_MS;
    return !this.#isClosed;
  }
}
