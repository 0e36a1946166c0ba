import type { Context } from "hono";
import type { Principal } from "../../domain/access/principal.ts";
import { type Actor, hasName } from "../../domain/actor.ts";
import type { ActionContext } from "../../actions/context.ts";
import type { WebDeps } from "./deps.ts";

/** What an action knows of the form that asks for it. */
export function changeContext(c: Context, { sql }: Pick<WebDeps, "sql">): ActionContext {
  const requestId: unknown = c.get("requestId");
  return { sql, actor: actorOf(c), requestId: typeof requestId === "string" ? requestId : undefined };
}

/** The key or person that uses a page. `page` if they need no name here. */
export function actorOf(c: Context): Actor {
  const principal: Principal | undefined = c.get("principal");
  return principal !== undefined && hasName(principal.actor) ? principal.actor : "page";
}
