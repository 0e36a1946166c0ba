import type { Context, MiddlewareHandler } from "hono";
import { type AccessKey, findKey } from "../../db/access/keys.ts";
import { findSession, type Session } from "../../db/access/sessions.ts";
import { isLostConnection } from "../../db/connection/lost_connection.ts";
import type { Sql } from "../../db/connection/client.ts";
import { EVERYBODY, type Principal } from "../../domain/access/principal.ts";
import { allows, canBeLimited, type Need, type Scope } from "../../domain/access/scope.ts";
import { visitor } from "../../web/access/visitor.ts";
import type { HttpEnv } from "../deps.ts";
import { inTime } from "../guard/in_time.ts";
import { Problem } from "../kit/problem.ts";
import { wantsPage } from "../kit/negotiate.ts";
import { credentialOf } from "./credentials.ts";
import type { Guard } from "./guard.ts";
import { keyNeeded, scopeNeeded, type Unknown } from "./refusals.ts";
import { handOver } from "./handed_over.ts";
import { type AccessLimits, limitHeaders } from "./limits.ts";
import type { Refuse } from "./refuse.ts";
import type { RouteNeeds } from "./route_needs.ts";
import type { Worlds } from "./worlds.ts";

interface DoorDeps {
  readonly sql: Sql;
  readonly guard: Guard;
  readonly needs: RouteNeeds;
  readonly worlds: Worlds;
  readonly limits: AccessLimits;
  readonly refuse: Refuse;
}

/**
 * Finds out which key or person a request comes from, and whether they may do what it asks for. Nothing behind the door has looked at
 * the request by then: without a key, a path that exists and one that does not get the same answer.
 */
export function door({ sql, guard, needs, worlds, limits, refuse }: DoorDeps): MiddlewareHandler<HttpEnv> {
  return async function door(c, next) {
    const needed = needs.of(c);
    if (isForAll(needed)) return await next();
    if (await isOpen(guard, needed)) {
      letIn(c, EVERYBODY);
      return await next();
    }
    const principal = await findPrincipal(c, sql);
    if (typeof principal === "string") {
      if (isVisit(c)) return toSignIn(c);
      await refuse(c, { reason: principal });
      throw keyNeeded(principal);
    }
    const allowance = await limits.countRequest(principal);
    const missing = missingScope(principal, needed);
    if (missing !== undefined) {
      await refuse(c, { reason: missing, actor: principal.actor });
      throw scopeNeeded(missing);
    }
    letIn(c, principal);
    if (principal.where === undefined) await next();
    else c.res = await worlds.of(principal.where).fetch(c.req.raw, handOver(c, principal));
    keepToOne(c);
    for (const [name, value] of Object.entries(limitHeaders(allowance))) c.header(name, value);
  };
}

/** Long enough for a busy database. Metrics wait for it once more, and a scraper for ten seconds in all. */
const PATIENCE_MS = 2_000;

/**
 * Metrics have to say that the database is down. They hold no data then, so a service that never needed a key while it could ask goes on
 * to answer them.
 */
async function isOpen(guard: Guard, needed: readonly Need[]): Promise<boolean> {
  if (needed.length === 0 || needed.some((need) => need !== "metrics")) return await guard.isOpen();
  return await inTime(guard.isOpen(), PATIENCE_MS).catch((error) => {
    if (isLostConnection(error) || error instanceof Problem && error.kind === "database-unavailable") return true;
    throw error;
  });
}

function letIn(c: Context<HttpEnv>, principal: Principal): void {
  c.set("principal", principal);
  const known = visitor.getStore();
  if (known !== undefined) known.principal = principal;
}

function isForAll(needs: readonly Need[]): boolean {
  return needs.length > 0 && needs.every((need) => need === "nothing");
}

/** The key or the person that a request comes from, or why it has neither. */
async function findPrincipal(c: Context<HttpEnv>, sql: Sql): Promise<Principal | Unknown> {
  const credential = credentialOf(c);
  if (credential === undefined) return "none";
  const { kind, secret } = credential;
  const found = await (kind === "key" ? findKey(sql, secret) : findSession(sql, secret));
  if (found === undefined) return kind === "key" ? "unknown" : "signed-out";
  return found.state === "valid" ? principalOf(found) : found.state;
}

function principalOf(found: AccessKey | Session): Principal {
  const { name, scopes, where } = found;
  const actor = `${"kind" in found ? found.kind : "key"}:${name}` as const;
  if (where === null) return { actor, scopes, where: undefined };
  // What these scopes show is not about some stores.
  return { actor, scopes: scopes.filter(canBeLimited), where };
}

function missingScope({ scopes }: Principal, needed: readonly Need[]): Scope | undefined {
  return needed.filter((need) => need !== "nothing").find((need) => !allows(scopes, need));
}

/** Whether a person's browser asks for a page, without a key. */
function isVisit(c: Context<HttpEnv>): boolean {
  return wantsPage(c) && c.req.header("Authorization") === undefined;
}

/** Leads to the sign-in page, and from there back to the page. */
function toSignIn(c: Context<HttpEnv>): Response {
  const { pathname, search } = new URL(c.req.url);
  const next = c.req.method === "GET" ? `${pathname}${search}` : "/";
  return c.redirect(`/sign-in${next === "/" ? "" : `?${new URLSearchParams({ next })}`}`, 303);
}

/** What one key got, a browser must not show to the next: it asks again, and gets a 304 if nothing changed. */
function keepToOne(c: Context<HttpEnv>): void {
  if (/max-age=[1-9]/.test(c.res.headers.get("Cache-Control") ?? "")) c.header("Cache-Control", "private, no-cache");
}
