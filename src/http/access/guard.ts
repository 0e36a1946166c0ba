import { hasKeys } from "../../db/access/keys.ts";
import type { ClaimNames } from "../../domain/access/claims.ts";
import type { ProviderSettings } from "../sign_in/provider.ts";
import type { Sql } from "../../db/connection/client.ts";

/** A provider of identities, and which of its claims count. */
export interface SignInSettings extends ProviderSettings {
  readonly claims: ClaimNames;
}

/** How the service is opened to others. */
export interface AccessSettings {
  /** No request needs a key, whatever keys there are. */
  readonly isInsecure: boolean;
  /** Where people sign in; undefined: with keys alone. */
  readonly signIn: SignInSettings | undefined;
  /** Addresses and networks of proxies whose headers say where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** Requests that each key or person may send in a minute. */
  readonly requestsPerMinute: number;
}

export const DEFAULT_ACCESS: AccessSettings = {
  isInsecure: false,
  signIn: undefined,
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

  constructor(sql: Sql, { isInsecure, signIn }: Pick<AccessSettings, "isInsecure" | "signIn">) {
    this.#sql = sql;
    this.isInsecure = isInsecure;
    this.#isClosed = signIn !== undefined;
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
