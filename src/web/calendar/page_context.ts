import type { Context } from "hono";
import type { ActionContext } from "../../actions/context.ts";
import { actorOf } from "../kit/change_context.ts";
import type { WebDeps } from "../kit/deps.ts";

/** What an action needs, if a page's form asks for it. */
export function pageContext(c: Context, { sql }: Pick<WebDeps, "sql">): ActionContext {
  const requestId: unknown = c.get("requestId");
  return { sql, actor: actorOf(c), requestId: typeof requestId === "string" ? requestId : undefined };
}
