import type { Context } from "hono";
import { NOBODY, type Principal } from "../../domain/access/principal.ts";
import { allows, type Scope } from "../../domain/access/scope.ts";
import type { HttpEnv } from "../deps.ts";
import { scopeNeeded } from "./refusals.ts";

/** The key or person that a request comes from. Nobody on paths that need nothing. */
export function principalOf(c: Context<HttpEnv>): Principal {
  return c.get("principal") ?? NOBODY;
}

/** For operations of which a part needs more than the route says. @throws {Problem} if the scope is missing */
export function needScope(c: Context<HttpEnv>, scope: Scope): void {
  if (!allows(principalOf(c).scopes, scope)) throw scopeNeeded(scope);
}
