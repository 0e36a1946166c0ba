import type { Actor } from "../actor.ts";
import type { TagFilter } from "../tags/tag_filter.ts";
import { type Scope, SCOPES } from "./scope.ts";

/** A key or a person behind a request, and what they may do. */
export interface Principal {
  readonly actor: Actor;
  readonly scopes: readonly Scope[];
  /** The stores that it sees, by their tags. Undefined: all stores. */
  readonly where: TagFilter | undefined;
}

/** Everybody, where neither keys nor sign-in are set up. */
export const EVERYBODY: Principal = { actor: "anonymous", scopes: SCOPES, where: undefined };

/** A visitor of a path that needs nothing. */
export const NOBODY: Principal = { actor: "anonymous", scopes: [], where: undefined };
