import type { Context, MiddlewareHandler } from "hono";
import type { Principal } from "../../domain/access/principal.ts";
import type { HttpEnv } from "../deps.ts";

/** What the routes behind the door get to know of a request that another app took. */
export function handOver(c: Context<HttpEnv>, principal: Principal): HttpEnv["Bindings"] {
  const bindings: HttpEnv["Bindings"] | undefined = c.env;
  return { ...bindings, handedOver: { requestId: c.get("requestId"), principal } };
}

/** Takes over what the door found out. */
export function handedOver(): MiddlewareHandler<HttpEnv> {
  return async function handedOver(c, next) {
    const { handedOver: found } = c.env;
    if (found === undefined) throw new Error("A request came around the door");
    c.set("requestId", found.requestId);
    c.set("principal", found.principal);
    await next();
  };
}

/** The app that took the request logs its errors and answers them. */
export function throwOn(error: Error): never {
  throw error;
}
