import type { Context } from "hono";
import type { Principal } from "../../domain/access/principal.ts";
import { type Actor, hasName } from "../../domain/actor.ts";
import type { ActionContext } from "../../actions/context.ts";
import type { WebDeps } from "./deps.ts";

/** What an action knows of the form that asks for it. */
export function changeContext(c: Context, { sql }: Pick<WebDeps, "sql">): ActionContext {
  const requestId: unknown = c.get("requestId");
  const principal: Principal | undefined = c.get("principal");
  return {
    sql,
    actor: actorOf(principal),
    requestId: typeof requestId === "string" ? requestId : undefined,
    seen: principal?.where,
  };
}

/** The key or person that uses a page. `page` if they need no name here. */
function actorOf(principal: Principal | undefined): Actor {
  return principal !== undefined && hasName(principal.actor) ? principal.actor : "page";
}
