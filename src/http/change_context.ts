import type { Context } from "hono";
import type { ActionContext } from "../actions/context.ts";
import { principalOf } from "./access/principal_of.ts";
import type { HttpDeps, HttpEnv } from "./deps.ts";

/** What an action knows of the request that asks for it. */
export function changeContext(c: Context<HttpEnv>, { sql }: Pick<HttpDeps, "sql">): ActionContext {
  const { actor, where } = principalOf(c);
  return { sql, actor, requestId: c.get("requestId"), seen: where };
}
