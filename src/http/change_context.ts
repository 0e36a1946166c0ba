import type { Context } from "hono";
import type { ActionContext } from "../actions/context.ts";
import type { HttpDeps, HttpEnv } from "./deps.ts";

/** What an action knows of the request that asks for it. */
export function changeContext(c: Context<HttpEnv>, { sql }: Pick<HttpDeps, "sql">): ActionContext {
  return { sql, actor: "anonymous", requestId: c.get("requestId") };
}
